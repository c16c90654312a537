// What the row of a drill and the history say about a state: derived from the journal, so that lists need not replay it.
import type { JournalEntry } from '../domain/drill/journal.ts';
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
export function historyOf(drill: string, state: DrillState, entry: JournalEntry): HistoryEvent | null {
  const { at, by, event } = entry;
  const about = { at, by, subject: drill };
  switch (event.type) {
    case 'approved':
      return { ...about, type: 'drill.approved', data: { planHash: event.planHash, note: event.note } };
    case 'rejected':
    case 'expired':
      return { ...about, type: `drill.${event.type}`, data: { reason: event.reason } };
    case 'started':
      return { ...about, type: 'drill.started', data: { runbook: state.plan.runbook, mode: state.plan.mode, planHash: state.planHash } };
    case 'abort-requested':
      return { ...about, type: 'drill.abort-requested', data: { form: event.form, reason: event.reason } };
    case 'undo-accepted':
      return { ...about, type: 'drill.undo-accepted', data: { reason: event.reason } };
    case 'finished':
      return { ...about, type: 'drill.finished', data: { result: event.result, ...event.summary } };
    default:
      return null;
  }
}
