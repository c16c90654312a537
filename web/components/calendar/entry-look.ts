// How an entry of the calendar looks: what became of it, or what will.
import { RUN_LOOKS, type StateLook } from '../state/states.ts';
import type { CalendarEntryDetail } from './calendar-type.ts';

const SCHEDULED: StateLook = { word: 'scheduled', icon: 'clock', ink: 'idle' };
const MISSED: StateLook = { word: 'missed', icon: 'bang', ink: 'bad' };
const LEFT_OUT: StateLook = { word: 'leftOut', icon: 'skip', ink: 'idle' };
const RULED_OUT: StateLook = { word: 'ruledOut', icon: 'lock', ink: 'warn' };

/** Missed on purpose: somebody closed the time or changed the schedule. */
const WANTED = ['FREEZE', 'BLACKOUT', 'CHANGED'] as const;

interface Shown {
  readonly drill: Pick<NonNullable<CalendarEntryDetail['drill']>, 'state'> | null;
  readonly occurrence: Pick<NonNullable<CalendarEntryDetail['occurrence']>, 'state' | 'cause'> | null;
  readonly closedBy: readonly unknown[];
}

export function entryLook({ drill, occurrence, closedBy }: Shown): StateLook {
  if (occurrence?.state === 'MISSED') return WANTED.some((cause) => cause === occurrence.cause) ? LEFT_OUT : MISSED;
  if (drill) return RUN_LOOKS[drill.state];
  return closedBy.length > 0 ? RULED_OUT : SCHEDULED;
}
