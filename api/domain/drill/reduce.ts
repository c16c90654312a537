// The reducer: the only place where the state of a drill changes. It folds one journal entry in, or refuses it.
import { done, refused, type Result } from '../errors.ts';
import { stepName } from './command-step.ts';
import type { DrillEvent, JournalEntry } from './journal.ts';
import { isHeldBack } from './launches.ts';
import { indexOf } from './plan-index.ts';
import type { Plan } from './plan.ts';
import { applyApproval } from './reduce/approval-events.ts';
import { applyAttempt } from './reduce/attempt-events.ts';
import { applyCanary } from './reduce/canary-events.ts';
import type { Refused } from './reduce/change.ts';
import { applyControl } from './reduce/control-events.ts';
import { applyEnd } from './reduce/end-events.ts';
import { marked, tooLate } from './reduce/lateness.ts';
import { applyReopening } from './reduce/reopening-events.ts';
import { applyStep } from './reduce/step-events.ts';
import { settle } from './settle.ts';
import type { DrillState, StepProgress } from './state.ts';
import { StepTable } from './step-table.ts';

/** A drill of which nothing is recorded yet; its first entry is `requested`. */
export function initialState(plan: Plan, planHash: string): DrillState {
  return {
    plan,
    planHash,
    run: 'awaiting-approval',
    requestedBy: null,
    approvalsNeeded: 0,
    approvedBy: [],
    lastApprovedAt: null,
    startedAt: null,
    startedBy: null,
    inCharge: null,
    finishedAt: null,
    result: null,
    summary: null,
    steps: StepTable.of(
      indexOf(plan),
      plan.steps.map((step) => untouched(step.id)),
    ),
    captured: {},
    canary: { lastAcknowledged: null, acknowledged: [], lastMarker: 0, missed: 0, read: null },
    pause: null,
    abort: null,
    formerEnds: [],
    lastControl: null,
    lastTurn: null,
    requests: {},
    runBeforeRecovery: null,
    humanWaitMs: 0,
    humanWaitSince: null,
    humanWaits: [],
    seq: 0,
    lastAt: 0,
  };
}

/** The state after a new entry; refused with a sentence when the entry does not fit the state, which then stays as it is. */
export function apply(state: DrillState, entry: JournalEntry): Result<DrillState> {
  return wrongEntry(state, entry) ?? tooLate(state, entry.event) ?? heldBack(state, entry.event) ?? applyStored(state, entry);
}

/** The same for an entry that the journal holds already: what was let in by the rules of its day is read, though it would be held back now. */
export function applyStored(state: DrillState, entry: JournalEntry): Result<DrillState> {
  const wrong = wrongEntry(state, entry);
  if (wrong !== null) return wrong;
  const changed = dispatch(state, entry.event, entry);
  if (!changed.ok) return changed;
  return done(settle({ ...marked(changed.value, entry), seq: entry.seq, lastAt: entry.at }));
}

/** The state that a whole journal adds up to. A refusal means that the journal was not written by this reducer. */
export function replay(plan: Plan, planHash: string, entries: Iterable<JournalEntry>): Result<DrillState> {
  let state = initialState(plan, planHash);
  for (const entry of entries) {
    const next = applyStored(state, entry);
    if (!next.ok) return next;
    state = next.value;
  }
  return done(state);
}

function wrongEntry({ seq }: DrillState, entry: JournalEntry): Refused | null {
  if (entry.seq !== seq + 1) {
    return refused('CONFLICT', `The journal is at entry ${seq}, so entry ${entry.seq} does not come next. Load the drill again.`);
  }
  return (seq === 0) === (entry.event.type === 'requested') ? null : refused('BAD_STATE', 'A drill begins with being requested, once.');
}

function heldBack(state: DrillState, event: DrillEvent): Refused | null {
  if (event.type !== 'attempt-intended' || !isHeldBack(state, event)) return null;
  return refused('BAD_STATE', `${stepName(state.plan, event.step)} has to wait on ${event.host}, so its command is not started there yet.`);
}

function dispatch(state: DrillState, event: DrillEvent, entry: JournalEntry): Result<DrillState> {
  switch (event.type) {
    case 'requested':
    case 'approved':
    case 'rejected':
    case 'expired':
    case 'started':
      return applyApproval(state, event, entry);
    case 'attempt-intended':
    case 'attempt-launched':
    case 'attempt-reconciling':
    case 'output':
    case 'attempt-ended':
    case 'unknown-decided':
      return applyAttempt(state, event, entry);
    case 'step-waiting':
    case 'step-confirmed':
    case 'sleep-started':
    case 'sleep-ended':
    case 'step-skipped':
    case 'step-failed':
    case 'call-ended':
    case 'step-retried':
      return applyStep(state, event, entry);
    case 'paused':
    case 'resumed':
    case 'abort-requested':
    case 'taken-over':
    case 'recovering':
    case 'recovered':
      return applyControl(state, event, entry);
    case 'canary-acknowledged':
    case 'canary-missed':
    case 'canary-read':
      return applyCanary(state, event);
    case 'reopened':
    case 'revert-requested':
      return applyReopening(state, event, entry);
    case 'commented':
    case 'step-commented':
    case 'undo-accepted':
    case 'finished':
      return applyEnd(state, event, entry);
  }
}

function untouched(id: string): StepProgress {
  return {
    id,
    state: 'pending',
    startedAt: null,
    endedAt: null,
    attempts: [],
    reason: null,
    waitingSince: null,
    sleepUntil: null,
    confirmation: null,
    approvals: [],
    hasGoAhead: false,
    isClosing: false,
    lastControl: null,
    lastOnAll: null,
    lastOnRow: {},
    isDeviation: false,
    outputBytes: [],
  };
}
