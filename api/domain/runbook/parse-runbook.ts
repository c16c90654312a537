// From the text of runbook.yaml to a runbook, or to everything that is wrong with it.
import type { Problem } from '../errors.ts';
import { buildRunbook } from './build-runbook.ts';
import { contentFindings } from './content.ts';
import { byPlace, toProblem } from './place.ts';
import type { Finding, Places } from './place.ts';
import type { RawRunbook } from './raw-runbook.ts';
import { readYaml } from './read-yaml.ts';
import { ALL_RULES } from './rules/all-rules.ts';
import type { Runbook } from './runbook.ts';
import { schemaFindings } from './schema/check-schema.ts';
import { textFault, withUnixLineEnds } from './source-text.ts';
import { budgetFault } from './text-budget.ts';
import type { BudgetFault } from './text-budget.ts';

export interface ParsedRunbook {
  /** Null when there is any problem. */
  readonly runbook: Runbook | null;
  /** All of severity `error`, in the order of the file; the first hundred. */
  readonly problems: readonly Problem[];
  /** Where things stand in the file, for the lint. */
  readonly places: Places;
}

/**
 * Reads a runbook. `fileName` is only shown; `scripts` are the files beside it, by name. In four stages, each of which reports all
 * that it finds and stops the next one: text and YAML, what values hold, the schema, references.
 */
export function parseRunbook(text: string, fileName: string, scripts: ReadonlyMap<string, string>): ParsedRunbook {
  const unread = unreadable(text);
  if (unread !== null) {
    const problem: Problem = {
      code: unread.code,
      severity: 'error',
      message: unread.message,
      remedy: unread.remedy,
      file: fileName,
      ...unread.place,
    };
    return { runbook: null, problems: [problem], places: { file: fileName, of: () => null, layoutOf: () => null } };
  }
  const { value, places, problems } = readYaml(withUnixLineEnds(text), fileName);
  if (problems.length > 0) return { runbook: null, problems: problems.slice(0, MOST_PROBLEMS), places };
  const unfit = contentFindings(value);
  if (unfit.length > 0) return failed(unfit, places);
  const misfits = schemaFindings(value);
  if (misfits.length > 0) return failed(misfits, places);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has just said so
  const raw = value as RawRunbook;
  const broken = ALL_RULES.flatMap((rule) => rule({ raw, scripts }));
  if (broken.length > 0) return failed(broken, places);
  return { runbook: buildRunbook(raw, scripts), problems: [], places };
}

/** Why a text is not even read as YAML, or null. */
function unreadable(text: string): (Pick<BudgetFault, 'message' | 'remedy' | 'place'> & { readonly code: string }) | null {
  const fault = textFault(text);
  return fault === null ? budgetFault(text) : { ...fault, message: `The file ${fault.message}.` };
}

/** Where things stand in the text of a runbook that was accepted before: for the lint of a stored revision. */
export function runbookPlaces(text: string, fileName: string): Places {
  return readYaml(withUnixLineEnds(text), fileName).places;
}

/** Nobody corrects more at a time, and an answer of any size can be asked for with a file of nothing but mistakes. */
const MOST_PROBLEMS = 100;

function failed(findings: readonly Finding[], places: Places): ParsedRunbook {
  const problems = findings.map((finding) => toProblem(finding, 'error', places)).toSorted(byPlace);
  return { runbook: null, problems: problems.slice(0, MOST_PROBLEMS), places };
}
