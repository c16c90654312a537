// One step of a runbook as a step of a plan, with its hosts; and which steps a mode only shows.
import { inOrder, needsByIndex } from '../runbook/step-order.ts';
import type { Runbook, Spread, Step } from '../runbook/runbook.ts';
import { describeAction } from './describe-action.ts';
import type { EffectiveStep } from './effective-steps.ts';
import { LOCAL } from './plan.ts';
import type { DrillMode, PlanCommand, PlanStep } from './plan.ts';
import { spreadOver } from './spread.ts';

export interface StepSurroundings {
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
  /** The items of a step that has a list; null for one that has none. */
  itemsOf(step: Step): readonly string[] | null;
  /** What a call stands for: null when it cannot be resolved. */
  revisionOf(runbook: string): string | null;
  readonly seed: string;
}

/** Without regard to the mode: `showSteps` marks what a dry run leaves alone. */
export function planStep({ step, isLeftOut }: EffectiveStep, around: StepSurroundings): PlanStep {
  const common = { ...commonOf(step), ...(isLeftOut ? { isLeftOut } : {}), isShownOnly: false } as const;
  switch (step.kind) {
    case 'run':
      return { ...common, ...commandOf(step, around), ...revertOf(step), kind: step.kind };
    case 'http':
      return { ...common, ...actionOf(step, around), ...revertOf(step), kind: step.kind };
    case 'copy': {
      const { expect, captures, isReadOnly, isIdempotent, copy } = step;
      const judged = { expect, captures, isReadOnly, isIdempotent };
      return { ...common, ...judged, ...onHosts(step, around), ...revertOf(step), kind: step.kind, command: describeAction(copy), action: copy };
    }
    case 'check':
      return { ...common, ...('command' in step ? commandOf(step, around) : actionOf(step, around)), kind: step.kind };
    case 'notify':
      return { ...common, ...actionOf(step, around), kind: step.kind };
    case 'wait': {
      const { everyMs, stable, attempts, steadyPercent } = step;
      const repeated = {
        everyMs,
        stable,
        ...(attempts === undefined ? {} : { attempts }),
        ...(steadyPercent === undefined ? {} : { steadyPercent }),
      };
      return { ...common, ...('command' in step ? commandOf(step, around) : actionOf(step, around)), ...repeated, kind: step.kind };
    }
    case 'confirm': {
      const { kind, instruction, role, expectedMs, evidence } = step;
      return { ...common, kind, instruction, role, expectedMs, evidence };
    }
    case 'approve': {
      const { kind, role, count, instruction } = step;
      return { ...common, kind, role, count, instruction };
    }
    case 'sleep': {
      const { kind, durationMs, since, remainder } = step;
      return { ...common, kind, durationMs, ...(since === undefined ? {} : { since }), ...(remainder === undefined ? {} : { remainder }) };
    }
    case 'call':
      return { ...common, kind: step.kind, runbook: step.runbook, revision: around.revisionOf(step.runbook) ?? '' };
  }
}

/** The steps as a drill in earnest would take them, on targets instead of hosts, and with calls as one step each. */
export function sketchSteps(runbook: Pick<Runbook, 'steps' | 'targets'>): readonly PlanStep[] {
  const around = {
    hostsOf: new Map(runbook.targets.map(({ name }) => [name, [name]])),
    itemsOf: (step: Step) =>
      'foreach' in step && step.foreach !== undefined ? ('input' in step.foreach ? [`$${step.foreach.input}`] : step.foreach) : null,
    revisionOf: () => null,
    seed: '',
  };
  return runbook.steps.map((step) => planStep({ step, isLeftOut: false }, around));
}

/**
 * The steps with those marked that this mode only shows. A check shows all of them. A dry run shows what changes something or would
 * keep people waiting: actions, messages, questions and sleeps; and the checks and waits that come after a shown action, because they
 * judge what it has done, and it has done nothing.
 */
export function showSteps(steps: readonly PlanStep[], mode: DrillMode): readonly PlanStep[] {
  if (mode !== 'check' && mode !== 'dry-run') return steps;
  const shown = mode === 'check' ? new Set(steps.keys()) : shownInDryRun(steps);
  return steps.map((step, index) => (shown.has(index) ? { ...step, isShownOnly: true } : step));
}

function shownInDryRun(steps: readonly PlanStep[]): ReadonlySet<number> {
  const needs = needsByIndex(steps);
  const shown = new Set<number>();
  const isAfterAction = new Set<number>();
  for (const index of inOrder(needs)) {
    const step = steps[index];
    if (step === undefined) continue;
    const isAfter = (needs[index] ?? []).some((need) => isAfterAction.has(need));
    if (isAfter || isAction(step)) isAfterAction.add(index);
    if (step.kind !== 'call' && (isAfter || isAction(step) || step.kind === 'sleep' || step.kind === 'notify')) shown.add(index);
  }
  return shown;
}

/** A confirmation may ask for anything, a switch thrown by hand as well. */
function isAction(step: PlanStep): boolean {
  switch (step.kind) {
    case 'confirm':
    case 'approve':
      return true;
    case 'run':
    case 'http':
    case 'copy':
      return !step.isReadOnly;
    case 'check':
    case 'wait':
    case 'sleep':
    case 'call':
    case 'notify':
      return false;
  }
}

function commonOf(step: Step) {
  const { id, title, phase, needs, timeoutMs, retry, estimateMs, onFailure, note, goTo, when, isAlways, isOptional } = step;
  return {
    id,
    title,
    phase,
    needs,
    timeoutMs,
    retry,
    estimateMs,
    onFailure,
    note,
    ...(goTo === undefined ? {} : { goTo }),
    ...(when === undefined ? {} : { when }),
    ...(isAlways === undefined ? {} : { isAlways }),
    ...(isOptional === undefined ? {} : { isOptional }),
  };
}

function commandOf(step: Extract<Step, { readonly command: string }>, around: StepSurroundings): PlanCommand {
  const { command, expect, captures, isReadOnly, isIdempotent, shell, become, env } = step;
  return {
    ...onHosts(step, around),
    command,
    expect,
    captures,
    isReadOnly,
    isIdempotent,
    ...(shell === undefined ? {} : { shell }),
    ...(become === undefined ? {} : { become }),
    ...(env === undefined ? {} : { env }),
  };
}

function actionOf(step: Extract<Step, { readonly action: unknown }>, around: StepSurroundings): PlanCommand {
  const { action, expect, captures, isReadOnly, isIdempotent, foreach } = step;
  const spread = spreadOver(foreach === undefined ? {} : { foreach }, [LOCAL], { items: around.itemsOf(step), seed: around.seed });
  return { hosts: [LOCAL], ...spread, command: describeAction(action), action, expect, captures, isReadOnly, isIdempotent };
}

function onHosts(step: Step & Spread, around: StepSurroundings): Pick<PlanCommand, 'hosts' | 'user'> {
  const hosts = around.hostsOf.get(step.on) ?? [];
  const spread = spreadOver(step, hosts, { items: around.itemsOf(step), seed: `${around.seed} ${step.id}` });
  return { hosts, ...spread, ...(step.user === undefined ? {} : { user: step.user }) };
}

function revertOf(step: Extract<Step, { readonly isPointOfNoReturn: boolean }>) {
  const { undo, undoStep, isUndoAlways, expiresMs, isPointOfNoReturn } = step;
  return {
    undo,
    isPointOfNoReturn,
    ...(undoStep === undefined ? {} : { undoStep }),
    ...(isUndoAlways === undefined ? {} : { isUndoAlways }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
  };
}
