// What the row of a drill and the history say about a state: derived from the journal, so that lists need not replay it.
import type { DrillEvent, JournalEntry } from '../domain/drill/journal.ts';
import type { DrillState } from '../domain/drill/state.ts';
import type { DrillRecord, HistoryEvent } from './stores.ts';

type RowChanges = Partial<Omit<DrillRecord, 'id' | 'runbook' | 'revision' | 'planHash'>>;

/** Null when the row stays as it is, as with every entry about output. */
export function rowChanges(before: DrillState, after: DrillState): RowChanges | null {
  const isSame = before.run === after.run && before.approvedBy === after.approvedBy && before.summary === after.summary;
  if (isSame) return null;
  return {
    state: after.run,
    approvedBy: after.approvedBy,
    startedBy: after.startedBy,
    startedAt: after.startedAt,
    finishedAt: after.finishedAt,
    result: after.result,
    recoveryMs: after.summary?.recoveryMs ?? null,
    dataLossMs: after.summary?.dataLossMs ?? null,
    humanWaitMs: after.summary?.humanWaitMs ?? null,
    hasDeviations: after.summary?.hasDeviations ?? false,
    isUnclean: after.summary?.isUnclean ?? false,
  };
}

/** The turning points of a drill are events of the app's history; what happens within a run stays in its journal. */
export function historyOf(drill: string, state: DrillState, { at, by, event }: JournalEntry): HistoryEvent | null {
  const data = turningPoint(state, event);
  return data === null ? null : { at, by, type: `drill.${event.type}`, subject: drill, data };
}

function turningPoint(state: DrillState, event: DrillEvent): HistoryEvent['data'] | null {
  if (event.type === 'approved') return { planHash: event.planHash, note: event.note };
  if (event.type === 'started') return { runbook: state.plan.runbook, mode: state.plan.mode, planHash: state.planHash };
  if (event.type === 'abort-requested') return { form: event.form, reason: event.reason };
  if (event.type === 'paused' && event.stop !== undefined) return { reason: event.stop.reason };
  if (event.type === 'taken-over') return { from: event.from, reason: event.reason };
  if (event.type === 'reopened' || event.type === 'revert-requested') return { reason: event.reason };
  if (event.type === 'rejected' || event.type === 'expired' || event.type === 'undo-accepted') return { reason: event.reason };
  return event.type === 'finished' ? { result: event.result, ...event.summary } : null;
}
