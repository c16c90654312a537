// Which commands may be started, now or at a known time: asked by the engine before it starts one, and by the reducer before it takes that down.
import { isHeldForCanary } from './canary.ts';
import { asCommandStep, findStep, type CommandStep } from './command-step.ts';
import { hostProgress, nextAttempt, type HostProgress } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { gateOf, needsGoAhead } from './gate.ts';
import { rowsOf } from './rows.ts';
import { passedOver } from './order.ts';
import type { PlanStep } from './plan.ts';
import { startableSteps } from './starting.ts';
import type { DrillState } from './state.ts';
import { isHeldUp } from './step-summary.ts';
import { runsDespiteAbort, undoMoves } from './undo.ts';

export interface Launch {
  readonly ref: AttemptRef;
  /** Not before this instant; 0 at once. */
  readonly notBefore: number;
}

/** All of them, in plan order. Empty while the drill is not in a state that starts commands. */
export function launches(state: DrillState): readonly Launch[] {
  if (state.run === 'recovering') return [];
  if (state.abort !== null) return state.run === 'paused' ? [] : [...goingOn(state), ...starting(state), ...undoMoves(state).launches];
  if (state.run === 'paused') return goingOn(state).filter((launch) => findStep(state.plan, launch.ref.step)?.kind === 'wait');
  return state.run === 'running' || state.run === 'needs-decision' ? [...goingOn(state), ...starting(state), ...undoMoves(state).launches] : [];
}

/**
 * Whether the journal may hold this start: it is one of the launches. Journals from before people were asked at a point of no return
 * pass it without a word, and still read as they did.
 */
export function isDue(state: DrillState, ref: AttemptRef): boolean {
  const isIt = (launch: Launch): boolean => isSameAttempt(launch.ref, ref);
  if (launches(state).some(isIt)) return true;
  const step = findStep(state.plan, ref.step);
  if (step === null || state.run === 'recovering' || state.run === 'paused' || !needsGoAhead(state, step)) return false;
  return starting(state, [step]).some(isIt);
}

function starting(state: DrillState, unasked: readonly PlanStep[] = []): readonly Launch[] {
  const passed = new Set(passedOver(state).map(({ step }) => step.id));
  return startableSteps(state).flatMap((step) => {
    const command = asCommandStep(step);
    if (command === null || passed.has(step.id) || gateOf(state, step).kind !== 'open' || isHeldForCanary(state, step.id)) return [];
    return needsGoAhead(state, step) && !unasked.includes(step) ? [] : launchesOf(state, command);
  });
}

function isSameAttempt(one: AttemptRef, other: AttemptRef): boolean {
  return one.step === other.step && one.host === other.host && one.attempt === other.attempt && one.isUndo === other.isUndo;
}

/** Further hosts and further attempts of steps under way. */
function goingOn(state: DrillState): readonly Launch[] {
  return state.plan.steps.flatMap((step) => {
    const command = asCommandStep(step);
    const now = state.steps[step.id]?.state;
    return command !== null && (now === 'intent' || now === 'launched') && runsDespiteAbort(state, step) ? launchesOf(state, command) : [];
  });
}

function launchesOf(state: DrillState, step: CommandStep): readonly Launch[] {
  const progress = state.steps[step.id];
  if (progress === undefined) return [];
  const rows = rowsOf(step).map((row) => ({ row, now: hostProgress(step, progress, { host: row, isUndo: false, isLastTry: false }) }));
  const states = rows.map(({ now }) => now);
  const underWay = states.filter(({ kind }) => kind === 'live' || kind === 'again').length;
  // Rows under way go on in any case; new ones as far as the batch has room and nothing keeps them back.
  let room = isHeldUp(step, states) ? 0 : (step.batch ?? Infinity) - underWay;
  return rows.flatMap(({ row, now }) => {
    const notBefore = dueAt(now);
    if (notBefore === null || (now.kind === 'untouched' && room <= 0)) return [];
    if (now.kind === 'untouched') room -= 1;
    return [{ ref: { step: step.id, host: row, attempt: nextAttempt(progress, row, false), isUndo: false }, notBefore }];
  });
}

function dueAt(progress: HostProgress): number | null {
  if (progress.kind === 'untouched') return 0;
  return progress.kind === 'again' ? progress.at : null;
}
