// What waits for a person: plans to approve or start, steps to confirm, fates to decide.
import { endedBadly } from '../domain/drill/order.ts';
import { mayAnswer } from '../domain/drill/who-may-answer.ts';
import type { RunState, DrillState } from '../domain/drill/state.ts';
import { may, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import type { DrillRecord } from './stores.ts';

export interface WaitingItem {
  readonly drill: DrillRecord;
  readonly step: string | null;
  readonly action: 'approve' | 'start' | 'confirm' | 'decide';
  readonly sinceAt: number;
}

const OPEN_STATES: readonly RunState[] = ['awaiting-approval', 'approved', 'running', 'paused', 'needs-decision'];

/** Oldest first. */
export async function waitingFor(app: App, actor: Actor, stateOf: (drill: string) => Promise<DrillState | null>): Promise<readonly WaitingItem[]> {
  const drills = await app.database.stores.drills.inStates(OPEN_STATES);
  const items: WaitingItem[] = [];
  for (const drill of drills) items.push(...(await waitingIn(app, actor, { drill, stateOf })));
  return items.toSorted((a, b) => a.sinceAt - b.sinceAt);
}

async function waitingIn(
  app: App,
  actor: Actor,
  { drill, stateOf }: { drill: DrillRecord; stateOf: (drill: string) => Promise<DrillState | null> },
): Promise<readonly WaitingItem[]> {
  const subject = await subjectOf(app.database.stores, drill.services);
  if (drill.state === 'awaiting-approval') {
    const isMine = may(actor, 'drills.approve', subject) && drill.requestedBy !== actor.name && !drill.approvedBy.includes(actor.name);
    return isMine ? [{ drill, step: null, action: 'approve', sinceAt: drill.requestedAt }] : [];
  }
  if (drill.state === 'approved') {
    return may(actor, 'drills.control', subject) ? [{ drill, step: null, action: 'start', sinceAt: drill.requestedAt }] : [];
  }
  const state = await stateOf(drill.id);
  if (state === null) return [];
  const planOf = new Map(state.plan.steps.map((step) => [step.id, step]));
  return Object.values(state.steps).flatMap((step): WaitingItem[] => {
    const planned = planOf.get(step.id);
    if (planned === undefined) return [];
    if (step.state === 'waiting' && may(actor, 'drills.confirm', subject) && mayAnswer(state, planned, actor.name)) {
      return [{ drill, step: step.id, action: 'confirm', sinceAt: step.waitingSince ?? drill.requestedAt }];
    }
    if (step.state === 'unknown' && may(actor, 'drills.control', subject)) {
      return [{ drill, step: step.id, action: 'decide', sinceAt: step.endedAt ?? drill.requestedAt }];
    }
    if (planned.onFailure === 'ask' && endedBadly(step) && may(actor, 'drills.control', subject)) {
      return [{ drill, step: step.id, action: 'decide', sinceAt: step.endedAt ?? drill.requestedAt }];
    }
    return [];
  });
}
