// Holds a valid runbook against all lint rules.
import type { Problem } from '../../errors.ts';
import { byPlace, toProblem } from '../place.ts';
import type { Places } from '../place.ts';
import type { Runbook } from '../runbook.ts';
import { ALL_LINT_RULES } from './all-lint-rules.ts';

/** Warnings in the order of the file; none of them keeps a runbook from running. `places` come from the parse of the same text. */
export function lintRunbook(runbook: Runbook, places: Places): readonly Problem[] {
  const problems = ALL_LINT_RULES.flatMap((rule) =>
    rule.check(runbook, places).map((finding) => toProblem({ ...finding, code: rule.code }, 'warning', places)),
  );
  return problems.toSorted(byPlace);
}
