// Holds a valid runbook against all lint rules.
import type { Problem } from '../../errors.ts';
import { byPlace, toProblem } from '../place.ts';
import type { Places } from '../place.ts';
import type { Runbook } from '../runbook.ts';
import { ALL_LINT_RULES } from './all-lint-rules.ts';
import { lintSubject } from './lint-subject.ts';
import type { LintContext } from './lint-subject.ts';

/**
 * Warnings in the order of the file; none of them keeps a runbook from running. `places` come from the parse of the same text. With a
 * portfolio more is known of what a scenario loses.
 */
export function lintRunbook(runbook: Runbook, places: Places, context: LintContext = {}): readonly Problem[] {
  const subject = lintSubject(runbook, places, context);
  const problems = ALL_LINT_RULES.flatMap((rule) =>
    rule.check(subject).map((finding) => toProblem({ ...finding, code: rule.code }, 'warning', places)),
  );
  return problems.toSorted(byPlace);
}
