// Assessments are stored when they change; a score that moves leaves a point behind.
import { expect, it } from 'vitest';
import type { HostCheck } from '../../../api/domain/readiness/evidence.ts';
import { onEachDatabase } from '../../support/database.ts';
import { anAssessment } from './records.ts';

onEachDatabase('readiness', (current) => {
  it('tells which scores moved: the first time, by number and by band', async () => {
    const { readiness } = current().stores;
    const shop = anAssessment({ service: 'shop', effective: 61.3, band: 'at-risk' });
    const mail = anAssessment({ service: 'mail', effective: 0, band: 'unproven' });
    expect(await readiness.save(1_000, 'v1', [shop, mail])).toEqual([
      { service: 'shop', before: null, after: { effective: 61.3, band: 'at-risk' } },
      { service: 'mail', before: null, after: { effective: 0, band: 'unproven' } },
    ]);
    expect(await readiness.save(2_000, 'v1', [shop, mail])).toEqual([]);
    expect(
      await readiness.save(3_000, 'v1', [
        { ...shop, effective: 61.4 },
        { ...mail, band: 'not-ready' },
      ]),
    ).toEqual([
      { service: 'shop', before: { effective: 61.3, band: 'at-risk' }, after: { effective: 61.4, band: 'at-risk' } },
      { service: 'mail', before: { effective: 0, band: 'unproven' }, after: { effective: 0, band: 'not-ready' } },
    ]);
  });

  it('keeps the latest assessment, dated when it became what it is', async () => {
    const { readiness } = current().stores;
    const shop = anAssessment({ service: 'shop' });
    const mail = anAssessment({ service: 'mail' });
    await readiness.save(1_000, 'v1', [shop, mail]);
    await readiness.save(2_000, 'v1', [shop, { ...mail, proofCoverage: 0.75 }]);
    const stored = [
      { at: 2_000, modelVersion: 'v1', assessment: { ...mail, proofCoverage: 0.75 } },
      { at: 1_000, modelVersion: 'v1', assessment: shop },
    ];
    expect(await readiness.latest()).toEqual(stored);
    expect(await readiness.latestOf(['shop', 'nothing'])).toEqual(stored.slice(1));
    expect(await readiness.latestOf([])).toEqual([]);
    expect(await readiness.save(3_000, 'v2', [shop])).toEqual([]);
    expect((await readiness.latestOf(['shop']))[0]).toMatchObject({ at: 3_000, modelVersion: 'v2' });
  });

  it('has the moves of a score, from the one in force when the period begins', async () => {
    const { readiness } = current().stores;
    for (const [at, effective] of [
      [1_000, 10],
      [2_000, 20],
      [3_000, 20],
      [4_000, 30],
      [4_000, 35],
    ] as const) {
      await readiness.save(at, 'v1', [anAssessment({ effective }), anAssessment({ service: 'mail', effective: 99 })]);
    }
    const scores = async (since: number): Promise<readonly (readonly [number, number])[]> =>
      (await readiness.scoreHistory('shop', since)).map(({ at, effective }) => [at, effective] as const);
    expect(await scores(0)).toEqual([
      [1_000, 10],
      [2_000, 20],
      [4_000, 30],
      [4_000, 35],
    ]);
    expect(await scores(1_500)).toEqual([
      [1_000, 10],
      [2_000, 20],
      [4_000, 30],
      [4_000, 35],
    ]);
    expect(await scores(4_000)).toEqual([
      [2_000, 20],
      [4_000, 30],
      [4_000, 35],
    ]);
    expect(await scores(9_000)).toEqual([[4_000, 35]]);
    expect(await readiness.scoreHistory('nothing', 0)).toEqual([]);
    expect(await readiness.scoreHistory('mail', 0)).toEqual([{ at: 1_000, effective: 99, band: 'nearly' }]);
  });

  it('keeps the latest check of each host', async () => {
    const { readiness } = current().stores;
    const check: HostCheck = { host: 'db1', at: 2_000, isReachable: false, isKeyChanged: true, problem: 'The host key has changed.', hop: 'bastion' };
    await readiness.saveHostCheck(check);
    await readiness.saveHostCheck({ host: 'a1', at: 1_000, isReachable: true, isKeyChanged: false, problem: null, roundTripMs: 12 });
    await readiness.saveHostCheck({ ...check, at: 1_000, problem: 'an older one that ended later' });
    expect(await readiness.hostChecks()).toEqual([
      { host: 'a1', at: 1_000, isReachable: true, isKeyChanged: false, problem: null, roundTripMs: 12 },
      check,
    ]);
    const { hop: _hop, ...later } = check;
    await readiness.saveHostCheck({ ...later, at: 3_000, isReachable: true, isKeyChanged: false, problem: null });
    expect((await readiness.hostChecks())[1]).toEqual({ host: 'db1', at: 3_000, isReachable: true, isKeyChanged: false, problem: null });
  });
});
