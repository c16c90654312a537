// What must happen next, given the state of a drill: plain data that the engine acts on.
import { isCanaryReadDue, isCanaryWriting, isHeldForCanary } from './canary.ts';
import { endOf } from './finish.ts';
import type { AttemptRef, DrillEvent } from './journal.ts';
import { launches } from './launches.ts';
import { skipReason, startableSteps } from './order.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState } from './state.ts';

export type Effect =
  /** Take this down at once: a step begins to wait or to sleep, ends its sleep, is left out, or the run ends. */
  | { readonly type: 'record'; readonly event: DrillEvent }
  /** Commit the intent, then start the command. */
  | { readonly type: 'launch'; readonly ref: AttemptRef }
  | { readonly type: 'cancel'; readonly ref: AttemptRef }
  /** Markers are to be written as long as this is among the effects. */
  | { readonly type: 'write-canary' }
  | { readonly type: 'read-canary' }
  /** Ask again at this instant. */
  | { readonly type: 'wake'; readonly at: number };

/** Pure and repeatable: asked twice for the same state it says the same twice. Empty for a drill that is not under way. */
export function effects(state: DrillState, now: number): readonly Effect[] {
  if (state.startedAt === null || state.finishedAt !== null || state.run === 'recovering') return [];
  const end = endOf(state);
  if (end !== null) return [{ type: 'record', event: { type: 'finished', result: end.result, summary: end.summary } }];
  const planned = launches(state);
  const due = planned.filter((launch) => launch.notBefore <= now);
  const later = planned.filter((launch) => launch.notBefore > now).map((launch) => launch.notBefore);
  return [
    ...cancels(state),
    ...(isCanaryWriting(state) ? [{ type: 'write-canary' } as const] : []),
    ...(isCanaryReadDue(state) ? [{ type: 'read-canary' } as const] : []),
    ...beginnings(state, now),
    ...sleepEnds(state, now),
    ...due.map(({ ref }) => ({ type: 'launch', ref }) as const),
    ...wakeAt([...later, ...sleepUntils(state).filter((at) => at > now)]),
  ];
}

function cancels(state: DrillState): readonly Effect[] {
  if (state.abort?.form !== 'now') return [];
  return Object.values(state.steps).flatMap((step) =>
    step.attempts.flatMap(({ host, attempt, isUndo, state: now }) =>
      now === 'intent' || now === 'launched' ? [{ type: 'cancel', ref: { step: step.id, host, attempt, isUndo } } as const] : [],
    ),
  );
}

function beginnings(state: DrillState, now: number): readonly Effect[] {
  if (state.run === 'paused') return [];
  return startableSteps(state).flatMap((step) => {
    const event = beginning(state, step, now);
    return event === null ? [] : [{ type: 'record', event } as const];
  });
}

/** Null for steps that begin with a command. */
function beginning(state: DrillState, step: PlanStep, now: number): DrillEvent | null {
  const reason = skipReason(state, step);
  if (reason !== null) return { type: 'step-skipped', step: step.id, reason };
  if (isHeldForCanary(state, step.id)) return null;
  switch (step.kind) {
    case 'confirm':
      return { type: 'step-waiting', step: step.id };
    case 'sleep':
      return { type: 'sleep-started', step: step.id, untilAt: now + step.durationMs };
    case 'run':
    case 'check':
    case 'wait':
      return null;
  }
}

function sleepEnds(state: DrillState, now: number): readonly Effect[] {
  return Object.values(state.steps).flatMap((step) =>
    step.state === 'sleeping' && step.sleepUntil !== null && step.sleepUntil <= now
      ? [{ type: 'record', event: { type: 'sleep-ended', step: step.id } } as const]
      : [],
  );
}

function sleepUntils(state: DrillState): readonly number[] {
  return Object.values(state.steps).flatMap((step) => (step.state === 'sleeping' && step.sleepUntil !== null ? [step.sleepUntil] : []));
}

function wakeAt(instants: readonly number[]): readonly Effect[] {
  return instants.length === 0 ? [] : [{ type: 'wake', at: Math.min(...instants) }];
}
