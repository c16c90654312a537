// All lint rules, in the order in which they are explained. A new rule is a file in this folder and a line here.
import { actionWithoutEstimate } from './action-without-estimate.lint.ts';
import { actionWithoutTimeout } from './action-without-timeout.lint.ts';
import { actionWithoutUndo } from './action-without-undo.lint.ts';
import { captureTooEarly } from './capture-too-early.lint.ts';
import { carelessDelete } from './careless-delete.lint.ts';
import { clockOutOfOrder } from './clock-out-of-order.lint.ts';
import { clockWithoutEnd } from './clock-without-end.lint.ts';
import { deadSite } from './dead-site.lint.ts';
import { interactiveCommand } from './interactive-command.lint.ts';
import type { LintRule } from './lint-rule.ts';
import { missingOwner } from './missing-owner.lint.ts';
import { missingReview } from './missing-review.lint.ts';
import { neverHolds } from './never-holds.lint.ts';
import { noRecoveryClock } from './no-recovery-clock.lint.ts';
import { pairWithoutAlways } from './pair-without-always.lint.ts';
import { pairWithoutExpires } from './pair-without-expires.lint.ts';
import { pipeToShell } from './pipe-to-shell.lint.ts';
import { plainSecret } from './plain-secret.lint.ts';
import { pointWithoutApproval } from './point-without-approval.lint.ts';
import { rehearsalTouchesProduction } from './rehearsal-touches-production.lint.ts';
import { sudoInCommand } from './sudo-in-command.lint.ts';
import { unmarkedSecret } from './unmarked-secret.lint.ts';
import { unpinnedHost } from './unpinned-host.lint.ts';
import { unreachableStep } from './unreachable-step.lint.ts';
import { unusedCapture } from './unused-capture.lint.ts';
import { unusedExpires } from './unused-expires.lint.ts';
import { unusedInput } from './unused-input.lint.ts';
import { unusedItem } from './unused-item.lint.ts';
import { unusedTarget } from './unused-target.lint.ts';
import { waitWithoutBound } from './wait-without-bound.lint.ts';

export const ALL_LINT_RULES: readonly LintRule[] = [
  actionWithoutTimeout,
  actionWithoutEstimate,
  actionWithoutUndo,
  waitWithoutBound,
  neverHolds,
  unreachableStep,
  noRecoveryClock,
  clockOutOfOrder,
  clockWithoutEnd,
  deadSite,
  rehearsalTouchesProduction,
  pointWithoutApproval,
  pairWithoutAlways,
  pairWithoutExpires,
  unusedExpires,
  captureTooEarly,
  unusedCapture,
  unusedInput,
  unusedItem,
  unusedTarget,
  plainSecret,
  unmarkedSecret,
  unpinnedHost,
  pipeToShell,
  sudoInCommand,
  interactiveCommand,
  carelessDelete,
  missingOwner,
  missingReview,
];
