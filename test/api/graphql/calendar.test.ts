// What the calendar and the inbox ask for of the time ahead: what looking ahead at a due time found.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CalendarQuery } from '../../../web/graphql/calendar.ts';
import { WaitingQuery } from '../../../web/graphql/session.ts';
import { startMuster, type TestMuster } from '../../support/muster.ts';
import { aSchedule } from '../../support/schedules.ts';
import { companyPortfolio, PEOPLE, talkRunbook } from './company.ts';

const DAY_MS = 86_400_000;
const FROZEN = { code: 'in-freeze', severity: 'error', message: 'A freeze.', remedy: 'Wait.' } as const;
let muster: TestMuster;

beforeAll(async () => {
  muster = await startMuster({ portfolio: companyPortfolio(), runbooks: { 'talk-it': talkRunbook('talk-it', 'it-internal') }, people: PEOPLE });
});
afterAll(() => muster.stop());

it('an entry tells what was found, newest first, and a failing one waits for those who may change the schedule', async () => {
  const carla = await muster.as('carla');
  const now = muster.app.clock();
  await muster.app.database.write(({ schedules }) => schedules.create(aSchedule({ runbook: 'talk-it', createdAt: now, sinceAt: now })));
  const span = { from: new Date(now).toISOString(), to: new Date(now + 60 * DAY_MS).toISOString() };
  const entries = async () => (await carla.ask(CalendarQuery, span)).calendar.entries;
  const dueAt = Date.parse((await entries())[0]?.dueAt ?? '');
  await muster.app.database.write(async ({ preflights }) => {
    for (const [kind, problems, at] of [
      ['day', [], now],
      ['hour', [FROZEN], now + 1],
    ] as const) {
      const seen = { schedule: 'SC-1', dueAt, kind, begunAt: at, endedAt: at, problems };
      await preflights.begin(seen, at);
      await preflights.end(seen);
    }
  });
  const [first, second] = await entries();
  expect(first?.preflights).toMatchObject([
    { isOk: false, problems: [{ message: 'A freeze.', remedy: 'Wait.', isError: true }] },
    { isOk: true, problems: [] },
  ]);
  expect(second?.preflights).toEqual([]);
  const { waitingForMe } = await carla.ask(WaitingQuery, { first: 50 });
  expect(waitingForMe.edges.map(({ node }) => node)).toMatchObject([
    { kind: 'PREFLIGHT', drill: null, due: { schedule: 'SC-1', at: new Date(dueAt).toISOString(), reason: 'A freeze.' } },
  ]);
  const { waitingForMe: others } = await (await muster.as('nadia')).ask(WaitingQuery, { first: 50 });
  expect(others.edges).toEqual([]);
});
