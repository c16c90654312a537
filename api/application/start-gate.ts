// What keeps a due drill from starting, whatever its plan: it is closed, the one before goes on, or the last one did not pass.
import type { RunState } from '../domain/drill/state.ts';
import { describeClosing } from '../domain/schedule/closing.ts';
import type { MissedCause, Schedule } from '../domain/schedule/schedule.ts';
import type { Footprint } from '../domain/schedule/scope.ts';
import type { DrillRecord, Stores } from './stores.ts';
import type { ScheduleView } from './schedule-view.ts';

export interface Hindrance {
  readonly cause: MissedCause;
  readonly reason: string;
}

/** Before its end; a drill in one of these states is still under way. */
export const OPEN_STATES: readonly RunState[] = ['awaiting-approval', 'approved', 'running', 'paused', 'recovering', 'needs-decision', 'aborting'];
/** Due times that are looked back over for the last drill: a paused year of weeks. */
const LOOKED_BACK = 60;

export interface StartQuestion {
  readonly schedule: Schedule;
  readonly startAt: number;
  readonly footprint: Footprint;
  /** The drill of this very due time. */
  readonly own: string | null;
}

/** The first reason, or null when nothing is in the way. */
export async function hindranceOf(stores: Stores, view: ScheduleView, question: StartQuestion): Promise<Hindrance | null> {
  const [closing] = await view.closedBy(question.footprint, question.startAt);
  if (closing !== undefined) return { cause: closing.kind, reason: describeClosing(closing) };
  return (await overlapOf(stores, question)) ?? lastNotPassed(stores, question);
}

async function overlapOf(stores: Stores, { schedule, own }: StartQuestion): Promise<Hindrance | null> {
  const open = await stores.drills.inStates(OPEN_STATES);
  const other = open.find((drill) => drill.schedule === schedule.id && drill.id !== own);
  return other === undefined
    ? null
    : { cause: 'overlap', reason: `${other.id} of the same schedule has not ended. Two of its drills never run at once.` };
}

export async function lastNotPassed(stores: Stores, { schedule, own }: Pick<StartQuestion, 'schedule' | 'own'>): Promise<Hindrance | null> {
  if (!schedule.isOnlyAfterPass) return null;
  const last = await lastDrillOf(stores, schedule.id, own);
  if (last === null || last.state === 'passed' || last.state === 'late') return null;
  const reason = `The last drill ${last.id} did not pass (${last.state}), and this schedule goes on only after a pass. Run it by hand once it is mended.`;
  return { cause: 'last-not-passed', reason };
}

/** A later pass of the same runbook by hand counts: the schedule is mended by it. */
async function lastDrillOf(stores: Stores, schedule: string, own: string | null): Promise<DrillRecord | null> {
  const rows = await stores.schedules.occurrences(schedule, LOOKED_BACK);
  const ids = rows.flatMap(({ drill, state }) => (state === 'started' && drill !== null && drill !== own ? [drill] : []));
  const drills = new Map((await stores.drills.findMany(ids)).map((drill) => [drill.id, drill]));
  const last = ids.map((id) => drills.get(id)).find((drill) => drill !== undefined) ?? null;
  if (last === null) return null;
  const page = await stores.drills.page({ services: null, runbook: last.runbook, states: ['passed', 'late'], first: 1, after: null });
  return page.rows.find((drill) => drill.mode === last.mode && (drill.finishedAt ?? 0) > (last.finishedAt ?? last.requestedAt)) ?? last;
}
