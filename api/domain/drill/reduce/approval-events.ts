// Events before a drill runs: requested, approved, turned down, expired, and the start itself.
import { done, refused, type Result } from '../../errors.ts';
import type { DrillState } from '../state.ts';
import { timeOfDay, who, type EventOf, type Stamp } from './change.ts';
import { badRun } from './run-refusals.ts';

type ApprovalEvent = EventOf<'requested' | 'approved' | 'rejected' | 'expired' | 'started'>;

export function applyApproval(state: DrillState, event: ApprovalEvent, stamp: Stamp): Result<DrillState> {
  switch (event.type) {
    case 'requested':
      return request(state, event, stamp);
    case 'approved':
      return approve(state, event, stamp);
    case 'rejected':
      return state.run === 'awaiting-approval' || state.run === 'approved' ? done({ ...state, run: 'rejected' }) : badRun(state);
    case 'expired':
      return state.run === 'awaiting-approval' || state.run === 'approved' ? done({ ...state, run: 'expired' }) : badRun(state);
    case 'started':
      return start(state, stamp);
  }
}

function request(state: DrillState, event: EventOf<'requested'>, stamp: Stamp): Result<DrillState> {
  if (event.planHash !== state.planHash || event.mode !== state.plan.mode) return planChanged();
  const run = event.approvalsNeeded > 0 ? 'awaiting-approval' : 'approved';
  return done({ ...state, run, requestedBy: stamp.by, approvalsNeeded: event.approvalsNeeded });
}

function approve(state: DrillState, event: EventOf<'approved'>, { by, at }: Stamp): Result<DrillState> {
  if (state.run === 'approved') return refused('CONFLICT', sayApproved(state));
  if (state.run !== 'awaiting-approval') return badRun(state);
  if (by === null) return refused('FORBIDDEN', 'Only a person can approve a drill.');
  if (by === state.requestedBy) return refused('FORBIDDEN', `${by} asked for this drill, so somebody else has to approve it.`);
  if (state.approvedBy.includes(by)) return refused('CONFLICT', `${by} has approved this drill already. Another person has to.`);
  if (event.planHash !== state.planHash) return planChanged();
  const approvedBy = [...state.approvedBy, by];
  return done({ ...state, approvedBy, lastApprovedAt: at, run: approvedBy.length >= state.approvalsNeeded ? 'approved' : 'awaiting-approval' });
}

function start(state: DrillState, { at, by }: Stamp): Result<DrillState> {
  if (state.run === 'awaiting-approval') {
    return refused(
      'NOT_APPROVED',
      `The drill has ${state.approvedBy.length} of ${state.approvalsNeeded} approvals. It can start once it has all of them.`,
    );
  }
  if (state.startedAt !== null && state.finishedAt === null) {
    return refused('CONFLICT', `The drill was started by ${who(state.startedBy)} at ${timeOfDay(state.startedAt)} already.`);
  }
  if (state.run !== 'approved') return badRun(state);
  const name = by ?? state.requestedBy;
  const inCharge = name === null ? null : { name, sinceAt: at, from: null, reason: null };
  return done({ ...state, run: 'running', startedAt: at, startedBy: by, inCharge });
}

function sayApproved({ approvedBy, lastApprovedAt }: DrillState): string {
  if (lastApprovedAt === null) return 'The drill needs no approval, and can be started.';
  return `The drill was approved by ${approvedBy.join(' and ')}${approvedBy.length > 1 ? ', the last time' : ''} at ${timeOfDay(lastApprovedAt)}.`;
}

function planChanged(): ReturnType<typeof refused> {
  return refused('PLAN_CHANGED', 'The plan is not the one that you looked at. Read it again, then approve it.');
}
