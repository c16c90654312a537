// Which commands may be started, now or at a known time: asked by the engine before it starts one, and by the reducer before it takes that down.
import { isHeldForCanary } from './canary.ts';
import { asCommandStep, findStep, type CommandStep } from './command-step.ts';
import { hostProgress, nextAttempt, type HostProgress } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { skipReason, startableSteps } from './order.ts';
import type { DrillState } from './state.ts';
import { undoMoves } from './undo.ts';

export interface Launch {
  readonly ref: AttemptRef;
  /** Not before this instant; 0 at once. */
  readonly notBefore: number;
}

/** All of them, in plan order. Empty while the drill is not in a state that starts commands. */
export function launches(state: DrillState): readonly Launch[] {
  if (state.run === 'recovering') return [];
  if (state.abort !== null) return undoMoves(state).launches;
  if (state.run === 'paused') return goingOn(state).filter((launch) => findStep(state.plan, launch.ref.step)?.kind === 'wait');
  return state.run === 'running' || state.run === 'needs-decision' ? [...goingOn(state), ...starting(state)] : [];
}

function starting(state: DrillState): readonly Launch[] {
  return startableSteps(state).flatMap((step) => {
    const command = asCommandStep(step);
    if (command === null || skipReason(state, step) !== null || isHeldForCanary(state, step.id)) return [];
    return launchesOf(state, command);
  });
}

/** Further hosts and further attempts of steps under way. */
function goingOn(state: DrillState): readonly Launch[] {
  return state.plan.steps.flatMap((step) => {
    const command = asCommandStep(step);
    const now = state.steps[step.id]?.state;
    return command !== null && (now === 'intent' || now === 'launched') ? launchesOf(state, command) : [];
  });
}

function launchesOf(state: DrillState, step: CommandStep): readonly Launch[] {
  const progress = state.steps[step.id];
  if (progress === undefined) return [];
  return step.hosts.flatMap((host) => {
    const notBefore = dueAt(hostProgress(step, progress, { host, isUndo: false, isLastTry: false }));
    return notBefore === null ? [] : [{ ref: { step: step.id, host, attempt: nextAttempt(progress, host, false), isUndo: false }, notBefore }];
  });
}

function dueAt(progress: HostProgress): number | null {
  if (progress.kind === 'untouched') return 0;
  return progress.kind === 'again' ? progress.at : null;
}
