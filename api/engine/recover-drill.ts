// Takes up a drill that was under way when the process ended: what its hosts know is found again there, and what they do not gets an end, by the rule of at most once.
import { asCommandStep, findStep } from '../domain/drill/command-step.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { rowOf } from '../domain/drill/rows.ts';
import { lost } from './conclude.ts';
import { hostOf } from './launch-plan.ts';
import { isForgettable } from './run-attempt.ts';
import type { Shell } from './shell.ts';

/**
 * Rejects when the journal cannot be written; the drill then stays `recovering`. An intent without a launch is no better known than a
 * launch without an end: the command may have started before the launch was committed.
 */
export async function recoverDrill(shell: Shell, drill: string): Promise<void> {
  const state = await shell.journal.state(drill);
  if (state === null || state.startedAt === null || state.finishedAt !== null) return;
  const events: readonly DrillEvent[] = [
    { type: 'recovering', reason: 'Muster was started again while the drill was under way.' },
    ...endings(state),
    { type: 'recovered' },
  ];
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

function endings(state: DrillState): readonly DrillEvent[] {
  return state.steps.all.flatMap((progress) => {
    const planStep = findStep(state.plan, progress.id);
    const step = planStep === null ? null : asCommandStep(planStep);
    if (step === null) return [];
    return progress.attempts.flatMap(({ state: now, host, attempt, isUndo, id }): readonly DrillEvent[] => {
      if (now !== 'intent' && now !== 'launched') return [];
      const ref = { step: progress.id, host, attempt, isUndo };
      if (id !== null) return [{ type: 'attempt-reconciling', ...ref, reason: 'Muster was started again while it was under way.' }];
      return [lost(step, ref, 'Muster ended while it was under way; it was lost in the restart.')];
    });
  });
}
