// What lint has found, for the formats that show it: each a pure function from this to text.
import type { Problem } from '../../domain/errors.ts';
import { ALL_LINT_RULES } from '../../domain/runbook/lint/all-lint-rules.ts';
import type { CheckedRunbook } from '../check/check-runbooks.ts';

export interface LintReport {
  readonly runbooks: readonly CheckedRunbook[];
  /** Warnings count as much as errors; advice never does. */
  readonly isStrict: boolean;
  /** Problems that were mended in the files. */
  readonly fixed: number;
  readonly version: string;
}

export function allProblems({ runbooks }: Pick<LintReport, 'runbooks'>): readonly Problem[] {
  return runbooks.flatMap(({ problems }) => problems);
}

export const WEIGHTS = ['error', 'warning', 'advice'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** Warnings are mostly mistakes, advice is worth a thought. */
export function weightOf({ code, severity }: Problem): Weight {
  return severity === 'error' ? 'error' : (RULES.get(code)?.weight ?? 'warning');
}

const RULES: ReadonlyMap<string, (typeof ALL_LINT_RULES)[number]> = new Map(ALL_LINT_RULES.map((rule) => [rule.code, rule]));

export function countOf(problems: readonly Problem[], weight: Weight): number {
  return problems.filter((problem) => weightOf(problem) === weight).length;
}

/** "2 errors, 1 warning, 3 pieces of advice"; null when there is none. */
export function countsInWords(problems: readonly Problem[]): string | null {
  const counts = WEIGHTS.flatMap((weight) => {
    const count = countOf(problems, weight);
    if (count === 0) return [];
    if (weight === 'advice') return [`${count} ${count === 1 ? 'piece' : 'pieces'} of advice`];
    return [`${count} ${weight}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? null : counts.join(', ');
}

/** Whether the problem makes the command end with 1. */
export function isFailing(problem: Problem, { isStrict }: Pick<LintReport, 'isStrict'>): boolean {
  const weight = weightOf(problem);
  return weight === 'error' || (isStrict && weight === 'warning');
}

/** Where a code is explained, below the folder of the app. Errors are of the language itself and say themselves what to do. */
export function explanationOf(code: string): string {
  return RULES.has(code) ? `docs/lint.md#${code}` : 'docs/runbook-language.md';
}
