// What a planned step does to the world, in one word.
import type { FragmentOf } from '../../graphql/graphql.ts';
import type { PlannedStepFields } from '../../graphql/runbooks.ts';
import type { IconName } from '../app/icon-paths.ts';
import type { Ink } from '../state/states.ts';

type Effectful = Pick<FragmentOf<typeof PlannedStepFields>, 'kind' | 'isReadOnly' | 'isShownOnly' | 'isLeftOut' | 'undo' | 'undoStep'>;

export interface StepEffect {
  /** Key under `plan.effect.` in the locales. */
  readonly word: 'shown' | 'leftOut' | 'calls' | 'tells' | 'person' | 'sleep' | 'reads' | 'changesUndo' | 'changes';
  readonly icon: IconName;
  readonly ink: Ink;
}

/** Shown only, left out, calls, tells, waits for a person, sleeps, reads, or changes something (with or without an undo). */
export function effectOf(step: Effectful): StepEffect {
  if (step.isShownOnly) return { word: 'shown', icon: 'eye', ink: 'idle' };
  if (step.isLeftOut) return { word: 'leftOut', icon: 'eye', ink: 'idle' };
  if (step.kind === 'CALL') return { word: 'calls', icon: 'runbooks', ink: 'idle' };
  if (step.kind === 'NOTIFY') return { word: 'tells', icon: 'bell', ink: 'idle' };
  if (step.kind === 'CONFIRM' || step.kind === 'APPROVE') return { word: 'person', icon: 'hand', ink: 'wait' };
  if (step.kind === 'SLEEP') return { word: 'sleep', icon: 'sleep', ink: 'idle' };
  if (step.isReadOnly || step.kind === 'CHECK' || step.kind === 'WAIT') return { word: 'reads', icon: 'eye', ink: 'idle' };
  return step.undo === null && step.undoStep === null
    ? { word: 'changes', icon: 'pencil', ink: 'bad' }
    : { word: 'changesUndo', icon: 'undo', ink: 'warn' };
}
