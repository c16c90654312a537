// Applies the fixes that problems carry to the text of one runbook, until none is left that helps.
import type { Fix, Problem, TextPoint } from '../../domain/errors.ts';
import { applyFix } from '../../domain/runbook/lint/fix/apply-fix.ts';
import type { RunbookOnDisk } from '../parts.ts';
import { problemsOf } from './check-runbook.ts';

/** A fix may bring another one into view; more rounds than this would mean that two of them undo each other. */
const MOST_ROUNDS = 10;

export interface Mended {
  readonly source: string;
  /** How many problems went away by it. */
  readonly fixed: number;
}

/** The text is the old one where nothing could be mended. A change that brings errors in is not made. */
export function mendRunbook(runbook: RunbookOnDisk): Mended {
  const before = problemsOf(runbook);
  let source = runbook.source;
  let problems = before;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const changed = applyAll(source, fixesIn(problems, runbook.file));
    if (changed === source) break;
    const after = problemsOf({ ...runbook, source: changed });
    if (errorsIn(after) > errorsIn(problems)) break;
    source = changed;
    problems = after;
  }
  return { source, fixed: Math.max(0, before.length - problems.length) };
}

/** Of this file: a script beside it is for a person to change. */
function fixesIn(problems: readonly Problem[], file: string): readonly Fix[] {
  return problems.flatMap((problem) => (problem.fix === undefined || (problem.file ?? file) !== file ? [] : [problem.fix]));
}

/** From the end of the text to its beginning, so that the places of the others still hold; one that meets another waits for the next round. */
function applyAll(source: string, fixes: readonly Fix[]): string {
  let text = source;
  let free: TextPoint = { line: Infinity, column: 0 };
  for (const fix of fixes.toSorted((a, b) => compare(startOf(b), startOf(a)))) {
    if (fix.edits.some(({ to }) => compare(to, free) >= 0)) continue;
    text = applyFix(text, fix);
    free = startOf(fix);
  }
  return text;
}

function startOf({ edits }: Fix): TextPoint {
  return edits.map(({ from }) => from).toSorted(compare)[0] ?? { line: 0, column: 0 };
}

function compare(a: TextPoint, b: TextPoint): number {
  return a.line - b.line || a.column - b.column;
}

function errorsIn(problems: readonly Problem[]): number {
  return problems.filter(({ severity }) => severity === 'error').length;
}
