// What lint has found, for the formats that show it: each a pure function from this to text.
import type { Problem } from '../../domain/errors.ts';
import type { CheckedRunbook } from '../check/check-runbooks.ts';

export interface LintReport {
  readonly runbooks: readonly CheckedRunbook[];
  /** Warnings count as much as errors. */
  readonly isStrict: boolean;
  /** Problems that were mended in the files. */
  readonly fixed: number;
  readonly version: string;
}

export function allProblems({ runbooks }: Pick<LintReport, 'runbooks'>): readonly Problem[] {
  return runbooks.flatMap(({ problems }) => problems);
}

export function countOf(problems: readonly Problem[], severity: Problem['severity']): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

/** Whether the problem makes the command end with 1. */
export function isFailing(problem: Problem, { isStrict }: Pick<LintReport, 'isStrict'>): boolean {
  return isStrict || problem.severity === 'error';
}

/** Where a code is explained, below the folder of the app. */
export function explanationOf(code: string): string {
  return `docs/lint.md#${code}`;
}
