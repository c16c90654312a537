// What steps took in finished runs: the latest of each work, whatever else was measured, in one question for a whole plan.
import { expect, it } from 'vitest';
import type { MeasuredStep } from '../../../api/domain/drill/step-duration.ts';
import { onEachDatabase } from '../../support/database.ts';
import { putDrill } from './records.ts';

function measured(step: string, seconds: number, fields: Partial<MeasuredStep> = {}): MeasuredStep {
  return { step, work: `work of ${step}`, family: 'run', workMs: seconds * 1_000, humanMs: 0, ...fields };
}

onEachDatabase('durations of steps', (current) => {
  const past = async (steps: readonly string[], more: { beforeAt?: number; runs?: number; family?: 'run' | 'dry-run' } = {}) => {
    const works = steps.map((step) => `work of ${step}`);
    const found = await current().stores.durations.past({ works, family: 'run', beforeAt: 9_999, runs: 10, ...more });
    return [...found]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([work, runs]) => [work, runs.map(({ workMs, humanMs }) => (workMs + humanMs) / 1_000)]);
  };
  const run = async (finishedAt: number, ...steps: readonly MeasuredStep[]): Promise<string> => {
    const id = await putDrill(current().stores);
    await current().stores.durations.save(id, finishedAt, steps);
    return id;
  };

  it('are found by work, the latest runs first', async () => {
    await run(1_000, measured('stop', 1), measured('serve', 10));
    await run(3_000, measured('stop', 3));
    await run(2_000, measured('stop', 2, { humanMs: 500 }));
    expect(await past(['stop', 'serve', 'never'])).toEqual([
      ['work of serve', [10]],
      ['work of stop', [3, 2.5, 1]],
    ]);
    expect(await past(['stop'], { runs: 2 })).toEqual([['work of stop', [3, 2.5]]]);
    expect(await past(['stop'], { beforeAt: 3_000 })).toEqual([['work of stop', [2.5, 1]]]);
    expect(await past([])).toEqual([]);
  });

  it('of a dry run are kept apart', async () => {
    await run(1_000, measured('stop', 1));
    await run(2_000, measured('stop', 2, { family: 'dry-run' }));
    expect(await past(['stop'])).toEqual([['work of stop', [1]]]);
    expect(await past(['stop'], { family: 'dry-run' })).toEqual([['work of stop', [2]]]);
  });

  it('of a drill that ends again take the place of those of its first end', async () => {
    const id = await run(1_000, measured('stop', 1), measured('serve', 1));
    await current().stores.durations.save(id, 2_000, [measured('stop', 5)]);
    expect(await past(['stop', 'serve'])).toEqual([['work of stop', [5]]]);
  });

  it('of plans with very many steps are found as well', async () => {
    const steps = Array.from({ length: 1_200 }, (_, index) => `step ${index}`);
    await run(1_000, ...steps.map((step) => measured(step, 1)));
    expect(await past(steps)).toHaveLength(1_200);
  });

  it('the run before is the latest that ended, of the same runbook and comparable modes', async () => {
    const { stores } = current();
    const ended = { state: 'passed', result: 'passed', finishedAt: 5 } as const;
    const first = await putDrill(stores, { ...ended, mode: 'failover' });
    await putDrill(stores, { ...ended, runbook: 'other' });
    await putDrill(stores, { ...ended, mode: 'dry-run' });
    await putDrill(stores, { state: 'running' });
    const last = await putDrill(stores);
    const before = (id: string) => stores.durations.runBefore({ id, runbook: 'restore-shop', mode: 'rehearsal' });
    expect([await before(last), await before(first)]).toEqual([first, null]);
  });
});
