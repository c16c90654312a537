// The steps of a plan: each step of the runbook with its hosts, and whether this mode runs it or only shows it.
import { inOrder, needsByIndex } from '../runbook/step-order.ts';
import type { CommandBody, Step } from '../runbook/runbook.ts';
import type { DrillMode, PlanCommand, PlanStep } from './plan.ts';

type HostsOf = ReadonlyMap<string, readonly string[]>;

export function planSteps(steps: readonly Step[], mode: DrillMode, hostsOf: HostsOf): readonly PlanStep[] {
  const shown = shownSteps(steps, mode);
  return steps.map((step, index) => planStep(step, shown.has(index), hostsOf));
}

/**
 * Indexes of the steps that this mode only shows. A check shows all of them. A dry run shows what changes something or would keep
 * people waiting: actions, confirmations and sleeps; and the checks and waits that come after a shown action, because they judge what
 * it has done, and it has done nothing.
 */
function shownSteps(steps: readonly Step[], mode: DrillMode): ReadonlySet<number> {
  if (mode === 'check') return new Set(steps.keys());
  if (mode !== 'dry-run') return new Set();
  const needs = needsByIndex(steps);
  const shown = new Set<number>();
  const isAfterAction = new Set<number>();
  for (const index of inOrder(needs)) {
    const step = steps[index];
    if (step === undefined) continue;
    const isAfter = (needs[index] ?? []).some((need) => isAfterAction.has(need));
    if (isAfter || isAction(step)) isAfterAction.add(index);
    if (isAfter || isAction(step) || step.kind === 'sleep') shown.add(index);
  }
  return shown;
}

/** A confirmation may ask for anything, a switch thrown by hand as well. */
function isAction(step: Step): boolean {
  return step.kind === 'confirm' || (step.kind === 'run' && !step.isReadOnly);
}

function planStep(step: Step, isShownOnly: boolean, hostsOf: HostsOf): PlanStep {
  const { id, title, phase, needs, timeoutMs, retry, estimateMs, onFailure, note } = step;
  const common = { id, title, phase, needs, timeoutMs, retry, estimateMs, onFailure, note, isShownOnly };
  if (step.kind === 'sleep') return { ...common, kind: step.kind, durationMs: step.durationMs };
  if (step.kind === 'confirm') {
    const { kind, instruction, role, expectedMs, evidence } = step;
    return { ...common, kind, instruction, role, expectedMs, evidence };
  }
  const command = planCommand(step, hostsOf);
  if (step.kind === 'check') return { ...common, ...command, kind: step.kind };
  if (step.kind === 'wait') return { ...common, ...command, kind: step.kind, everyMs: step.everyMs, stable: step.stable };
  return { ...common, ...command, kind: step.kind, undo: step.undo, isPointOfNoReturn: step.isPointOfNoReturn };
}

function planCommand(step: CommandBody, hostsOf: HostsOf): PlanCommand {
  const { command, expect, captures, isReadOnly, isIdempotent } = step;
  return { hosts: hostsOf.get(step.on) ?? [], command, expect, captures, isReadOnly, isIdempotent };
}
