// What people answer to a step that waits: a confirmation, a go or no-go, the word to pass a point of no return.
import { done, refused, type Result } from '../../errors.ts';
import type { DrillState, StepProgress } from '../state.ts';
import { timeOfDay, who, withStep, type EventOf, type Stamp, type StepPlace } from './change.ts';
import { sayControl } from './lateness.ts';

type Answer = EventOf<'step-confirmed'>;

export function answer(place: StepPlace, event: Answer, stamp: Stamp): Result<DrillState> {
  const { progress, name, step } = place;
  const { by, at } = stamp;
  const given = progress.confirmation;
  if (given !== null) return refused('CONFLICT', `${name} was confirmed by ${who(given.by)} at ${timeOfDay(given.at)} already.`);
  if (by === null) return refused('FORBIDDEN', `${name} is confirmed by a person.`);
  if (progress.state !== 'waiting') {
    const isQuestion = step.kind === 'confirm' || step.kind === 'approve';
    const before = progress.lastControl === null ? '' : `${sayControl(place.state, progress.lastControl, step.id)} `;
    return refused(
      'BAD_STATE',
      isQuestion ? `${before}${name} does not wait for a confirmation: it is ${progress.state}.` : `${name} is not a step that people confirm.`,
    );
  }
  const confirmation = { by, at, outcome: event.outcome, note: event.note };
  if (step.kind === 'confirm') return done(withStep(place.state, { ...progress, ...outcomeOf(place, event, by), confirmation, endedAt: at }));
  if (event.outcome === 'not-applicable') return refused('INVALID_INPUT', `${name} asks for go or no-go. Say which of the two.`);
  if (event.outcome === 'failed') return done(withStep(place.state, { ...progress, ...noGo(place, event, by), confirmation, endedAt: at }));
  if (step.kind !== 'approve')
    return done(withStep(place.state, { ...progress, state: 'pending', waitingSince: null, hasGoAhead: true, confirmation }));
  return approve(place, event, { by, at });
}

/** People who did not start the drill and are different from each other, as many as the step asks for. */
function approve(place: StepPlace, event: Answer, { by, at }: { readonly by: string; readonly at: number }): Result<DrillState> {
  const { state, progress, name, step } = place;
  if (state.startedBy === by) return refused('FORBIDDEN', `You started this drill, so somebody else decides on ${name}.`);
  const before = progress.approvals.find((one) => one.by === by);
  if (before !== undefined) return refused('CONFLICT', `You said go for ${name} at ${timeOfDay(before.at)} already. Somebody else has to as well.`);
  const approvals = [...progress.approvals, { by, at, note: event.note }];
  const count = step.kind === 'approve' ? step.count : 1;
  if (approvals.length < count) return done(withStep(state, { ...progress, approvals }));
  const confirmation = { by, at, outcome: event.outcome, note: event.note };
  return done(withStep(state, { ...progress, approvals, confirmation, state: 'succeeded', endedAt: at }));
}

function outcomeOf({ step }: StepPlace, event: Answer, by: string): Pick<StepProgress, 'state' | 'reason'> {
  switch (event.outcome) {
    case 'done':
      return { state: 'succeeded', reason: null };
    case 'failed':
      return { state: step.onFailure === 'warn' ? 'warned' : 'failed', reason: event.note ?? `${by} reported that it failed.` };
    case 'not-applicable':
      return { state: 'skipped', reason: event.note ?? `${by} judged it not applicable.` };
  }
}

function noGo({ step }: StepPlace, event: Answer, by: string): Pick<StepProgress, 'state' | 'reason'> {
  const state = step.onFailure === 'warn' ? 'warned' : 'failed';
  return { state, reason: `${by} said no-go${event.note === null ? '.' : `: ${event.note}`}` };
}
