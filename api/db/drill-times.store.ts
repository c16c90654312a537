// When drills took place and how long they took: for calendars and expectations.
import type { DrillStore } from '../application/stores.ts';
import { DRILL_MODES } from '../domain/drill/plan.ts';
import { byChunks } from './chunks.ts';
import { drillOf } from './drill-rows.ts';
import type { Scope } from './scope.ts';
import { oneOf } from './values.ts';

export function drillTimes({ db }: Scope): Pick<DrillStore, 'startedByHand' | 'lengthsOf'> {
  return {
    startedByHand: async (fromAt, toAt, first) => {
      const rows = await db
        .selectFrom('drill')
        .selectAll()
        .where('started_at', '>=', fromAt)
        .where('started_at', '<', toAt)
        .where('schedule', 'is', null)
        .orderBy('started_at')
        .orderBy('number')
        .limit(first)
        .execute();
      return rows.map(drillOf);
    },
    lengthsOf: async (runbooks, each) => {
      const rows = await byChunks(runbooks, (chunk) => {
        const ranked = db
          .selectFrom('drill')
          .select(({ fn }) => [
            'runbook',
            'mode',
            'number',
            'started_at',
            'finished_at',
            fn
              .agg<number>('row_number')
              .over((over) => over.partitionBy('runbook').orderBy('number', 'desc'))
              .as('rank'),
          ])
          .where('runbook', 'in', chunk)
          .where('state', 'in', ['passed', 'late']);
        return db
          .selectFrom(ranked.as('ranked'))
          .select(['runbook', 'mode', 'started_at', 'finished_at'])
          .where('rank', '<=', each)
          .orderBy('number', 'desc')
          .execute();
      });
      const lengths = rows.flatMap(({ runbook, mode, started_at, finished_at }) =>
        started_at === null || finished_at === null ? [] : [{ runbook, mode: oneOf(DRILL_MODES, mode), ms: finished_at - started_at }],
      );
      return new Map(
        [...Map.groupBy(lengths, ({ runbook }) => runbook)].map(([runbook, all]) => [runbook, all.map(({ mode, ms }) => ({ mode, ms }))]),
      );
    },
  };
}
