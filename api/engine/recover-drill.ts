// Takes up a drill that was under way when its process ended or lost it: what its hosts know is found again there, and what they do not gets an end, by the rule of at most once.
import { asCommandStep, findStep } from '../domain/drill/command-step.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { rowOf } from '../domain/drill/rows.ts';
import { lost } from './conclude.ts';
import { hostOf } from './launch-plan.ts';
import type { Former, Held } from './lease-keeper.ts';
import { isForgettable } from './run-attempt.ts';
import type { Shell } from './shell.ts';

/** Why a drill has to be taken up, as its journal says it. */
interface Cause {
  readonly drill: string;
  /** Of an attempt that its host may still know of. */
  readonly sought: string;
  /** Of one that only the process knew of. */
  readonly gone: string;
}

export const RESTARTED: Cause = {
  drill: 'Muster was started again while the drill was under way.',
  sought: 'Muster was started again while it was under way.',
  gone: 'Muster ended while it was under way; it was lost in the restart.',
};

/** Where several processes share a database, who had the drill may be as well as ever. */
export function changedHands({ former, heldBy }: Pick<Held, 'former' | 'heldBy'>): Cause {
  const before = former === null ? 'It is not known which process had the drill in hand.' : sayFormer(former);
  return {
    drill: `${before} Now ${heldBy} has the drill in hand.`,
    sought: 'The drill changed hands while it was under way.',
    gone: 'The drill changed hands while it was under way, and what it came to was not recorded by then.',
  };
}

function sayFormer({ heldBy, end }: Former): string {
  switch (end) {
    case 'ended':
      return `The drill was under way when ${heldBy} ended.`;
    case 'stopped':
      return `The drill was under way when ${heldBy} was stopped.`;
    case 'silent':
      return `While the drill was under way, nothing was heard of ${heldBy} for too long: it has ended, stood still, or could not reach the database.`;
    case 'same':
      return `For a while ${heldBy} could not be sure that it had the drill in hand.`;
  }
}

/**
 * Rejects when the journal cannot be written; the drill then stays `recovering`. An intent without a launch is no better known than a
 * launch without an end: the command may have started before the launch was committed.
 */
export async function recoverDrill(shell: Shell, drill: string, cause: Cause): Promise<void> {
  const state = await shell.journal.state(drill);
  if (state === null || state.startedAt === null || state.finishedAt !== null) return;
  const events: readonly DrillEvent[] = [{ type: 'recovering', reason: cause.drill }, ...endings(state, cause), { type: 'recovered' }];
  const recorded = await Promise.all(events.map((event) => shell.journal.record(drill, null, event)));
  forgetEnded(shell, state);
  for (const one of recorded) if (!one.ok) throw new Error(`${drill} could not be taken up again: ${one.refusal.message}`);
}

/** The process ended before its hosts could be told that nothing of these is needed any more. */
function forgetEnded({ remote }: Shell, state: DrillState): void {
  for (const progress of state.steps.all) {
    const planStep = findStep(state.plan, progress.id);
    const step = planStep === null ? null : asCommandStep(planStep);
    if (step === null) continue;
    for (const { id, host: row, state: now } of progress.attempts) {
      if (id === null || !isForgettable(now)) continue;
      const host = hostOf(state, step, rowOf(step, row));
      if (host !== null) remote.forget(host, id);
    }
  }
}

function endings(state: DrillState, cause: Cause): readonly DrillEvent[] {
  return state.steps.all.flatMap((progress) => {
    const planStep = findStep(state.plan, progress.id);
    const step = planStep === null ? null : asCommandStep(planStep);
    if (step === null) return [];
    return progress.attempts.flatMap(({ state: now, host, attempt, isUndo, id }): readonly DrillEvent[] => {
      if (now !== 'intent' && now !== 'launched') return [];
      const ref = { step: progress.id, host, attempt, isUndo };
      if (id !== null) return [{ type: 'attempt-reconciling', ...ref, reason: cause.sought }];
      return [lost(step, ref, cause.gone)];
    });
  });
}
