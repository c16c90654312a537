// All lint rules, in the order in which they are explained. A new rule is a file in this folder and a line here.
import { actionWithoutEstimate } from './action-without-estimate.lint.ts';
import { actionWithoutTimeout } from './action-without-timeout.lint.ts';
import { actionWithoutUndo } from './action-without-undo.lint.ts';
import { captureTooEarly } from './capture-too-early.lint.ts';
import { clockOutOfOrder } from './clock-out-of-order.lint.ts';
import type { LintRule } from './lint-rule.ts';
import { noRecoveryClock } from './no-recovery-clock.lint.ts';
import { pipeToShell } from './pipe-to-shell.lint.ts';
import { plainSecret } from './plain-secret.lint.ts';
import { unusedCapture } from './unused-capture.lint.ts';
import { unusedTarget } from './unused-target.lint.ts';

export const ALL_LINT_RULES: readonly LintRule[] = [
  actionWithoutTimeout,
  actionWithoutEstimate,
  actionWithoutUndo,
  noRecoveryClock,
  clockOutOfOrder,
  unusedTarget,
  unusedCapture,
  captureTooEarly,
  pipeToShell,
  plainSecret,
];
