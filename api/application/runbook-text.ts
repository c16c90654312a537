// The text of a runbook that somebody is editing: how large it may be, who may edit it, and what is wrong with it.
import { strictestObjective } from '../domain/catalogue/strictest-objective.ts';
import { refused, type Problem, type Refusal } from '../domain/errors.ts';
import { lintRunbook } from '../domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../domain/runbook/parse-runbook.ts';
import type { Places } from '../domain/runbook/place.ts';
import { byPlace, toProblem } from '../domain/runbook/place.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { deny, type Actor, type Subject } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import type { Stores } from './stores.ts';

export interface RunbookText {
  /** The runbook that it is a text of; null for a new one. */
  readonly runbook: string | null;
  readonly source: string;
  /** The files beside it by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** As much as the language takes in one file, and it must also fit into one request. */
const LARGEST_TEXT = 1_000_000;
/** A runbook has a handful of scripts; more belong on the hosts. */
const MOST_FILES = 50;
/** The name under which problems are shown. */
export const SOURCE_NAME = 'runbook.yaml';

/** Null when the actor may edit that runbook, or begin a new one. */
export async function whyNotEdit(app: Pick<App, 'database'>, actor: Actor | null, runbook: string | null): Promise<Refusal | null> {
  if (runbook === null) return deny(actor, 'runbooks.edit', subjectOfNew(actor));
  const { stores } = app.database;
  const found = await stores.runbooks.find(runbook);
  const denied = deny(actor, 'runbooks.edit', await subjectOf(stores, found?.latest.runbook.services ?? []));
  if (denied !== null || found !== null) return denied;
  return refused('NOT_FOUND', `There is no runbook "${runbook}".`, { field: 'runbook' }).refusal;
}

/** A new runbook concerns nobody's service until it is submitted. */
function subjectOfNew(actor: Actor | null): Subject {
  return { owners: actor === null ? [] : [actor.name] };
}

/** Null when the text is of a size that is kept and checked. */
export function whyTooLarge({ source, files }: RunbookText): Refusal | null {
  const texts = Object.values(files);
  const length = texts.reduce((sum, text) => sum + text.length, source.length);
  if (length > LARGEST_TEXT) {
    return refused('INVALID_INPUT', 'The runbook and its files are longer than 1 MB together. Put long scripts on the hosts.', { field: 'source' })
      .refusal;
  }
  if (texts.length <= MOST_FILES) return null;
  return refused('INVALID_INPUT', `There are more than ${MOST_FILES} files beside the runbook. Put scripts on the hosts.`, { field: 'files' })
    .refusal;
}

export interface CheckedText {
  /** Null when it cannot be read as a runbook. */
  readonly runbook: Runbook | null;
  /** Errors and warnings in the order of the file. */
  readonly problems: readonly Problem[];
  /** The strictest among its services; null when none of them is known. */
  readonly rtoSeconds: number | null;
}

/** Everything that the command line would say, and whether the key may stand there. */
export async function checkText(stores: Stores, text: RunbookText): Promise<CheckedText> {
  const { runbook, problems, places } = parseRunbook(text.source, SOURCE_NAME, new Map(Object.entries(text.files)));
  if (runbook === null) return { runbook, problems, rtoSeconds: null };
  const portfolio = await stores.portfolio.load();
  const wrongKey = await keyProblem(stores, { runbook, places, of: text.runbook });
  const all = [...(wrongKey === null ? [] : [wrongKey]), ...lintRunbook(runbook, places, { portfolio })];
  const rtoSeconds = strictestObjective(portfolio, runbook.services)?.rtoSeconds ?? null;
  return { runbook, problems: all.toSorted(byPlace), rtoSeconds };
}

async function keyProblem(
  stores: Stores,
  { runbook, places, of }: { readonly runbook: Runbook; readonly places: Places; readonly of: string | null },
): Promise<Problem | null> {
  const place = { path: ['runbook'] } as const;
  if (of !== null && runbook.key !== of) {
    const message = `The key of this runbook is \`${of}\`, and the text says \`${runbook.key}\`.`;
    const remedy = `Write \`runbook: ${of}\`; under another key it would be a new runbook.`;
    return toProblem({ ...place, code: 'key-changed', message, remedy }, 'error', places);
  }
  if (of !== null || (await stores.runbooks.find(runbook.key)) === null) return null;
  const message = `There is a runbook \`${runbook.key}\` already.`;
  return toProblem({ ...place, code: 'key-taken', message, remedy: 'Choose another key, or edit that runbook.' }, 'error', places);
}
