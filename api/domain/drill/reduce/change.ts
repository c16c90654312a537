// What every group of events shares: its type, changing one step, and how people and times are named.
import { refused } from '../../errors.ts';
import type { DrillEvent, DrillEventType } from '../journal.ts';
import type { PlanStep } from '../plan.ts';
import type { DrillState, StepProgress } from '../state.ts';

export type EventOf<T extends DrillEventType> = Extract<DrillEvent, { readonly type: T }>;

export interface Stamp {
  readonly at: number;
  readonly by: string | null;
}

/** A step with where it stands. */
export interface StepPlace {
  readonly state: DrillState;
  readonly step: PlanStep;
  readonly progress: StepProgress;
  /** `Step 7 “…”`. */
  readonly name: string;
}

export type Refused = ReturnType<typeof refused>;

export function withStep(state: DrillState, progress: StepProgress): DrillState {
  return { ...state, steps: state.steps.with(progress) };
}

export function noSuchStep(id: string): Refused {
  return refused('NOT_FOUND', `This drill has no step "${id}". Load the drill again.`, { field: 'step' });
}

/** `by` as people read it; null is the app itself. */
export function who(by: string | null): string {
  return by ?? 'Muster';
}

/** Time of day in UTC, as in `14:02 UTC`. */
export function timeOfDay(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}
