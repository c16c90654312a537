// What readiness was found to be: the latest assessment of each service, the moves of its score, and connection tests.
import type { Selectable } from 'kysely';
import type { ReadinessStore, ScoreChange, StoredAssessment } from '../application/stores.ts';
import type { ServiceAssessment } from '../domain/readiness/assessment.ts';
import { byChunks, writeChunks } from './chunks.ts';
import type { Queries, Scope } from './scope.ts';
import type { AssessmentTable, HostCheckTable } from './tables.ts';
import { flag, readJson, writeJson } from './values.ts';

export function readinessStore(scope: Scope): ReadinessStore {
  const { db } = scope;
  return {
    save: (at, modelVersion, services) =>
      scope.atomically((inside) =>
        save(
          inside,
          services.map((service) => rowOf(at, modelVersion, service)),
        ),
      ),
    latest: async () => (await db.selectFrom('assessment').selectAll().orderBy('service').execute()).map(assessmentOf),
    latestOf: (keys) =>
      byChunks(keys, async (chunk) =>
        (await db.selectFrom('assessment').selectAll().where('service', 'in', chunk).orderBy('service').execute()).map(assessmentOf),
      ),
    scoreHistory: (service, sinceAt) => scoreHistory(db, service, sinceAt),
    movesBetween: (service, from, to) => movesBetween(db, service, { from, to }),
    saveHostCheck: async (check) => {
      const row = {
        host: check.host,
        at: check.at,
        is_reachable: flag(check.isReachable),
        is_key_changed: flag(check.isKeyChanged),
        problem: check.problem,
        hop: check.hop ?? null,
        round_trip_ms: check.roundTripMs ?? null,
      };
      await db
        .insertInto('host_check')
        .values(row)
        // Of two tests that ended out of order the later one counts.
        .onConflict((conflict) => conflict.column('host').doUpdateSet(row).whereRef('excluded.at', '>=', 'host_check.at'))
        .execute();
    },
    hostChecks: async () => (await db.selectFrom('host_check').selectAll().orderBy('host').execute()).map(hostCheckOf),
  };
}

type AssessmentRow = Selectable<AssessmentTable>;

async function save(db: Queries, rows: readonly AssessmentRow[]): Promise<readonly ScoreChange[]> {
  const stored = await byChunks(
    rows.map((row) => row.service),
    (chunk) => db.selectFrom('assessment').selectAll().where('service', 'in', chunk).execute(),
  );
  const before = new Map(stored.map((row) => [row.service, row]));
  const changed = rows.filter((row) => !isSame(row, before.get(row.service)));
  const moved = changed.filter((row) => hasMoved(row, before.get(row.service)));
  await writeChunks(changed, (chunk) => putLatest(db, chunk));
  const points = moved.map(({ assessed_at, ...row }) => ({ ...row, at: assessed_at }));
  await writeChunks(points, (chunk) => db.insertInto('score_point').values(chunk).execute());
  return moved.map((row) => ({
    service: row.service,
    before: scoreOf(before.get(row.service)),
    after: { effective: row.effective, band: row.band },
  }));
}

async function putLatest(db: Queries, rows: readonly AssessmentRow[]): Promise<void> {
  await db
    .insertInto('assessment')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('service').doUpdateSet((by) => ({
        assessed_at: by.ref('excluded.assessed_at'),
        model_version: by.ref('excluded.model_version'),
        effective: by.ref('excluded.effective'),
        band: by.ref('excluded.band'),
        content: by.ref('excluded.content'),
      })),
    )
    .execute();
}

/** The points from `sinceAt` on, after the one that was in force then: a line drawn from them has a beginning. */
async function scoreHistory(db: Queries, service: string, sinceAt: number): ReturnType<ReadinessStore['scoreHistory']> {
  const points = db.selectFrom('score_point').select(['at', 'effective', 'band']).where('service', '=', service);
  const earlier = await points.where('at', '<', sinceAt).orderBy('at', 'desc').orderBy('number', 'desc').limit(1).execute();
  const later = await points.where('at', '>=', sinceAt).orderBy('at').orderBy('number').execute();
  return [...earlier, ...later];
}

async function movesBetween(db: Queries, service: string, { from, to }: { from: number; to: number }): Promise<readonly ScoreChange[]> {
  const points = db.selectFrom('score_point').select(['number', 'effective', 'band']).where('service', '=', service);
  const earlier = await points.where('number', '<', from).orderBy('number', 'desc').limit(1).execute();
  const rows = await points.where('number', '>=', from).where('number', '<=', to).orderBy('number').execute();
  const all = [...earlier, ...rows].map(({ effective, band }) => ({ effective, band }));
  return rows.flatMap((_row, index) => {
    const after = all[index + earlier.length];
    return after === undefined ? [] : [{ service, before: all[index + earlier.length - 1] ?? null, after }];
  });
}

function isSame(row: AssessmentRow, before: AssessmentRow | undefined): boolean {
  return before !== undefined && before.content === row.content && before.model_version === row.model_version;
}

function hasMoved(row: AssessmentRow, before: AssessmentRow | undefined): boolean {
  return before === undefined || before.effective !== row.effective || before.band !== row.band;
}

function scoreOf(row: AssessmentRow | undefined): ScoreChange['before'] {
  return row === undefined ? null : { effective: row.effective, band: row.band };
}

function rowOf(at: number, modelVersion: string, assessment: ServiceAssessment): AssessmentRow {
  const { service, effective, band } = assessment;
  return { service, assessed_at: at, model_version: modelVersion, effective, band, content: writeJson(assessment) };
}

function assessmentOf(row: AssessmentRow): StoredAssessment {
  return { at: row.assessed_at, modelVersion: row.model_version, assessment: readJson(row.content) };
}

function hostCheckOf(row: Selectable<HostCheckTable>): Awaited<ReturnType<ReadinessStore['hostChecks']>>[number] {
  return {
    host: row.host,
    at: row.at,
    isReachable: row.is_reachable === 1,
    isKeyChanged: row.is_key_changed === 1,
    problem: row.problem,
    ...(row.hop === null ? {} : { hop: row.hop }),
    ...(row.round_trip_ms === null ? {} : { roundTripMs: row.round_trip_ms }),
  };
}
