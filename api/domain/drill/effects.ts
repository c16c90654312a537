// What must happen next, given the state of a drill: plain data that the engine acts on.
import { isCanaryReadDue, isCanaryWriting, isHeldForCanary } from './canary.ts';
import { endOf } from './finish.ts';
import type { AttemptRef, DrillEvent } from './journal.ts';
import { launches } from './launches.ts';
import { undoingStep } from './asking.ts';
import { gateOf, needsGoAhead } from './gate.ts';
import { passedOver } from './order.ts';
import { isLive } from './row-tally.ts';
import { sleepOf } from './sleep.ts';
import { startableSteps } from './starting.ts';
import { answerDeadlines, unanswered } from './unanswered.ts';
import { stepName } from './command-step.ts';
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
  const undoing = undoingStep(state);
  if (undoing !== null && state.run !== 'paused') return [{ type: 'record', event: abortBecauseOf(state, undoing) }];
  const planned = launches(state);
  const due = planned.filter((launch) => launch.notBefore <= now);
  const later = planned.filter((launch) => launch.notBefore > now).map((launch) => launch.notBefore);
  return [
    ...cancels(state),
    ...(isCanaryWriting(state) ? [{ type: 'write-canary' } as const] : []),
    ...(isCanaryReadDue(state) ? [{ type: 'read-canary' } as const] : []),
    ...beginnings(state, now),
    ...sleepEnds(state, now),
    ...unanswered(state, now).map(({ step, reason }) => ({ type: 'record', event: { type: 'step-failed', step, reason } }) as const),
    ...due.map(({ ref }) => ({ type: 'launch', ref }) as const),
    ...wakeAt([...later, ...sleepUntils(state).filter((at) => at > now), ...answerDeadlines(state, now)]),
  ];
}

/** Everything under way, but not what runs however the drill ends. */
function cancels(state: DrillState): readonly Effect[] {
  if (state.abort?.form !== 'now') return [];
  return state.steps
    .in('live')
    .filter((step) => step.isAlways !== true)
    .flatMap((step) => {
      const isUndoAlways = 'isUndoAlways' in step && step.isUndoAlways === true;
      const live = (state.steps.get(step.id)?.attempts ?? []).filter(isLive);
      return live
        .filter(({ isUndo }) => !(isUndo && isUndoAlways))
        .map(({ host, attempt, isUndo }) => ({ type: 'cancel', ref: { step: step.id, host, attempt, isUndo } }) as const);
    });
}

function beginnings(state: DrillState, now: number): readonly Effect[] {
  if (state.run === 'paused') return [];
  const passed = passedOver(state);
  const isPassed = new Set(passed.map(({ step }) => step.id));
  const skips = passed.map(({ step, because }) => {
    const reason = `${stepName(state.plan, because.id)} failed and goes on at ${stepName(state.plan, because.goTo ?? '')}.`;
    return { type: 'record', event: { type: 'step-skipped', step: step.id, reason } } as const;
  });
  const begun = startableSteps(state).flatMap((step) => {
    const event = isPassed.has(step.id) ? null : beginning(state, step, now);
    return event === null ? [] : [{ type: 'record', event } as const];
  });
  return [...skips, ...begun];
}

/** Null for steps that begin with a command. */
function beginning(state: DrillState, step: PlanStep, now: number): DrillEvent | null {
  const gate = gateOf(state, step);
  if (gate.kind === 'skip') return { type: 'step-skipped', step: step.id, reason: gate.reason };
  if (gate.kind === 'broken') return { type: 'step-failed', step: step.id, reason: gate.reason };
  if (isHeldForCanary(state, step.id)) return null;
  switch (step.kind) {
    case 'confirm':
    case 'approve':
      return { type: 'step-waiting', step: step.id };
    case 'sleep': {
      const until = sleepOf(state, step, now);
      return until.ok
        ? { type: 'sleep-started', step: step.id, untilAt: until.value }
        : { type: 'step-failed', step: step.id, reason: until.refusal.message };
    }
    case 'call':
      return { type: 'call-ended', step: step.id };
    case 'run':
    case 'http':
    case 'copy':
      return needsGoAhead(state, step) ? { type: 'step-waiting', step: step.id } : null;
    case 'check':
    case 'wait':
    case 'notify':
      return null;
  }
}

function abortBecauseOf(state: DrillState, step: PlanStep): DrillEvent {
  return { type: 'abort-requested', form: 'undo', reason: `${stepName(state.plan, step.id)} failed, and the runbook undoes the drill then.` };
}

function sleepEnds(state: DrillState, now: number): readonly Effect[] {
  return state.steps.in('sleeping').flatMap(({ id }) => {
    const until = state.steps.get(id)?.sleepUntil ?? null;
    return until !== null && until <= now ? [{ type: 'record', event: { type: 'sleep-ended', step: id } } as const] : [];
  });
}

function sleepUntils(state: DrillState): readonly number[] {
  return state.steps.in('sleeping').flatMap(({ id }) => state.steps.get(id)?.sleepUntil ?? []);
}

function wakeAt(instants: readonly number[]): readonly Effect[] {
  return instants.length === 0 ? [] : [{ type: 'wake', at: Math.min(...instants) }];
}
