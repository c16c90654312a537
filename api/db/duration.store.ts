// What steps took in finished runs: written when a drill ends, read for a whole plan at once.
import type { DurationStore, PastQuery } from '../application/duration-store.ts';
import type { PastDuration } from '../domain/drill/expectation.ts';
import type { MeasuredStep } from '../domain/drill/step-duration.ts';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import { familyOf } from '../domain/drill/step-work.ts';
import { writeChunks } from './chunks.ts';
import { drillId, knownDrillNumber } from './drill-rows.ts';
import type { Queries, Scope } from './scope.ts';

/** SQLite takes 500 parts in one compound select. */
const WORKS_AT_ONCE = 250;

export function durationStore(scope: Scope): DurationStore {
  return {
    save: (drill, finishedAt, steps) => scope.atomically((db) => save(db, knownDrillNumber(drill), { finishedAt, steps })),
    past: async (query) => {
      const works = [...new Set(query.works)];
      const past = new Map<string, PastDuration[]>();
      for (let at = 0; at < works.length; at += WORKS_AT_ONCE) {
        for (const { work, work_ms, human_ms } of await latestRuns(scope.db, works.slice(at, at + WORKS_AT_ONCE), query)) {
          const known = past.get(work) ?? [];
          known.push({ workMs: work_ms, humanMs: human_ms });
          past.set(work, known);
        }
      }
      return past;
    },
    runBefore: (drill) => runBefore(scope.db, drill),
  };
}

interface Ended {
  readonly finishedAt: number;
  readonly steps: readonly MeasuredStep[];
}

async function save(db: Queries, drill: number, { finishedAt, steps }: Ended): Promise<void> {
  await db.deleteFrom('step_duration').where('drill', '=', drill).execute();
  const rows = steps.map(({ step, work, family, workMs, humanMs }) => ({
    drill,
    step,
    work,
    family,
    finished_at: finishedAt,
    work_ms: Math.round(workMs),
    human_ms: Math.round(humanMs),
  }));
  await writeChunks(rows, (chunk) => db.insertInto('step_duration').values(chunk).execute());
}

/** A part of the statement for each work reads no more rows than it gives, however many runs there have been. */
async function latestRuns(db: Queries, works: readonly string[], { family, beforeAt, runs }: PastQuery) {
  const latest = works.map((work) =>
    db
      .selectFrom((from) =>
        from
          .selectFrom('step_duration')
          .select(['work', 'work_ms', 'human_ms'])
          .where('work', '=', work)
          .where('family', '=', family)
          .where('finished_at', '<', beforeAt)
          .orderBy('finished_at', 'desc')
          .limit(runs)
          .as('latest'),
      )
      .selectAll(),
  );
  const [first, ...others] = latest;
  if (first === undefined) return [];
  return others.reduce((all, one) => all.unionAll(one), first).execute();
}

async function runBefore(db: Queries, { id, runbook, mode }: Parameters<DurationStore['runBefore']>[0]): Promise<string | null> {
  const comparable = DRILL_MODES.filter((one) => familyOf(one) === familyOf(mode));
  const row = await db
    .selectFrom('drill')
    .select('number')
    .where('runbook', '=', runbook)
    .where('number', '<', knownDrillNumber(id))
    .where('mode', 'in', comparable)
    .where('result', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : drillId(row.number);
}
