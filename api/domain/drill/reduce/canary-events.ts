// Events of the canary: markers acknowledged or missed, and the newest one found.
import { done, refused, type Result } from '../../errors.ts';
import type { DrillState } from '../state.ts';
import type { EventOf } from './change.ts';
import { badRun } from './run-refusals.ts';

type CanaryEvent = EventOf<'canary-acknowledged' | 'canary-missed' | 'canary-read'>;

export function applyCanary(state: DrillState, event: CanaryEvent): Result<DrillState> {
  if (state.startedAt === null || state.finishedAt !== null) return badRun(state);
  const { canary } = state;
  if (event.type === 'canary-read') {
    if (canary.read !== null) return refused('CONFLICT', 'The newest marker has been read already.');
    return done({ ...state, canary: { ...canary, read: { newestMarker: event.newestMarker, dataLossMs: event.dataLossMs, reason: event.reason } } });
  }
  if (event.marker <= canary.lastMarker) return refused('CONFLICT', `Marker ${event.marker} has been used already.`);
  if (event.type === 'canary-missed') return done({ ...state, canary: { ...canary, lastMarker: event.marker, missed: canary.missed + 1 } });
  const marker = { marker: event.marker, writtenAt: event.writtenAt };
  const acknowledged = [...canary.acknowledged, marker];
  return done({ ...state, canary: { ...canary, lastMarker: event.marker, lastAcknowledged: marker, acknowledged } });
}
