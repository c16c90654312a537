// Gathers the evidence view from the stores: what the score may look at, and nothing else.
import type { JournalEntry } from '../domain/drill/journal.ts';
import { planHosts } from '../domain/drill/plan-hosts.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import type { DrillEvidence, Evidence, RunbookEvidence, ScheduleEvidence } from '../domain/readiness/evidence.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import type { DrillRecord, Stores } from './stores.ts';

/** Everything known at `now`, in a fixed number of queries. */
export async function gatherEvidence(stores: Stores, portfolio: Portfolio, now: number): Promise<Evidence> {
  const runbooks = await stores.runbooks.list();
  const drills = await stores.drills.finished();
  const services = new Map(runbooks.map(({ latest }) => [latest.runbook.key, latest.runbook.services]));
  const manual = await stores.drills.entriesOfTypes(
    drills.map((drill) => drill.id),
    ['step-confirmed'],
  );
  const titles = new Map(runbooks.flatMap(({ latest: { runbook } }) => runbook.steps.map((step) => [stepKey(runbook.key, step.id), step.title])));
  return {
    runbooks: runbooks.map((row) => runbookEvidence(row, portfolio)),
    drills: drills.flatMap((drill) => drillEvidence(drill, manual.get(drill.id) ?? [], titles)),
    hostChecks: await stores.readiness.hostChecks(),
    schedules: await gatherSchedules(stores, now, services),
  };
}

type ListedRunbook = Awaited<ReturnType<Stores['runbooks']['list']>>[number];

function runbookEvidence({ latest, approved }: ListedRunbook, portfolio: Portfolio): RunbookEvidence {
  const { runbook } = approved ?? latest;
  return {
    key: runbook.key,
    services: runbook.services,
    scenario: runbook.scenario,
    level: runbook.level,
    approvedRevision: approved?.hash ?? null,
    approvedAt: approved?.approvedAt ?? null,
    reviewedAt: runbook.review?.lastAt ?? null,
    hosts: planHosts(runbook, portfolio),
  };
}

/** A check proves nothing, and a drill that never ran is none. */
function drillEvidence(drill: DrillRecord, manual: readonly JournalEntry[], titles: ReadonlyMap<string, string>): readonly DrillEvidence[] {
  if (drill.mode === 'check' || drill.result === null || drill.finishedAt === null || drill.startedAt === null) return [];
  return [
    {
      id: drill.id,
      runbook: drill.runbook,
      revision: drill.revision,
      services: drill.services,
      level: drill.level,
      result: drill.result,
      hasDeviations: drill.hasDeviations,
      isUnclean: drill.isUnclean,
      finishedAt: drill.finishedAt,
      recoveryMs: drill.recoveryMs,
      dataLossMs: drill.dataLossMs,
      manualSteps: manualSteps(drill, manual, titles),
    },
  ];
}

/** Titles are those of the newest revision; a step that it no longer has is named by its id. */
function manualSteps(drill: DrillRecord, entries: readonly JournalEntry[], titles: ReadonlyMap<string, string>): DrillEvidence['manualSteps'] {
  return entries.flatMap(({ by, event }) => {
    if (event.type !== 'step-confirmed' || by === null) return [];
    return [{ step: event.step, title: titles.get(stepKey(drill.runbook, event.step)) ?? event.step, people: [by] }];
  });
}

function stepKey(runbook: string, step: string): string {
  return `${runbook} ${step}`;
}

async function gatherSchedules(
  stores: Stores,
  now: number,
  servicesOf: ReadonlyMap<string, readonly string[]>,
): Promise<readonly ScheduleEvidence[]> {
  const missed = Map.groupBy(await stores.schedules.missed(), (occurrence) => occurrence.schedule);
  return (await stores.schedules.list()).map((schedule) => ({
    id: schedule.id,
    runbook: schedule.runbook,
    services: servicesOf.get(schedule.runbook) ?? [],
    isActive: schedule.isActive,
    nextDueAt: nextDue(schedule, now),
    missedAt: (missed.get(schedule.id) ?? []).map((occurrence) => occurrence.dueAt).toSorted((a, b) => a - b),
  }));
}

function nextDue(schedule: Schedule, now: number): number | null {
  return schedule.isActive ? (dueTimes(schedule, now, { count: 1 })[0] ?? null) : null;
}
