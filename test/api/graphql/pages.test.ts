// What the pages of the web app ask for: their own documents, sent to the whole app over a company with a service in each cell of the lens map.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPortfolio } from '../../../api/application/import-portfolio.ts';
import { assessReadiness } from '../../../api/application/assess-readiness.ts';
import { OPERATORS, REACHES, type OperatedBy, type Reach } from '../../../api/domain/catalogue/portfolio.ts';
import { parsePortfolio } from '../../../api/import/portfolio/parse-portfolio.ts';
import { DrillEventsQuery, DrillOutputQuery, DrillQuery, DrillScoresQuery, DrillsQuery } from '../../../web/graphql/drills.ts';
import { OverviewQuery } from '../../../web/graphql/overview.ts';
import { PaletteQuery } from '../../../web/graphql/palette.ts';
import { PreviewQuery, StartQuery } from '../../../web/graphql/plans.ts';
import { RevisionQuery, RunbookQuery, RunbooksQuery } from '../../../web/graphql/runbooks.ts';
import { CreateSchedule, RunbookChoicesQuery, SchedulesQuery, SetScheduleActive } from '../../../web/graphql/schedules.ts';
import { ServiceDrillsQuery, ServiceQuery, ServiceRelationsQuery, ServicesQuery } from '../../../web/graphql/services.ts';
import { ViewerQuery, WaitingQuery } from '../../../web/graphql/session.ts';
import { fromOneTo, type GraphqlClient } from '../../support/graphql-client.ts';
import { startMuster, type TestMuster } from '../../support/muster.ts';
import { companyPortfolio, PEOPLE, serviceIn, talkRunbook } from './company.ts';
import { talkedThrough } from './talk-drill.ts';

const TALKS = OPERATORS.map((operatedBy) => `talk-${operatedBy}`);

let muster: TestMuster;
let carla: GraphqlClient;
let drill: string;

beforeAll(async () => {
  const runbooks = OPERATORS.map((operatedBy) => [`talk-${operatedBy}`, talkRunbook(`talk-${operatedBy}`, serviceIn(operatedBy, 'internal'))]);
  muster = await startMuster({ portfolio: companyPortfolio(), runbooks: Object.fromEntries(runbooks), people: PEOPLE });
  carla = await muster.as('carla');
  const cosmo = await muster.as('cosmo');
  for (let count = 0; count < 3; count += 1) drill = await talkedThrough('talk-it', { carla, cosmo });
});
afterAll(() => muster.stop());

describe('the overview page', () => {
  it('shows the twelve cells with the service that is in each', async () => {
    const { overview } = await carla.ask(OverviewQuery, {});
    expect(overview.cells.map(({ operatedBy, reach, count, worst }) => [operatedBy, reach, count, worst?.key])).toEqual(
      OPERATORS.flatMap((operatedBy) => REACHES.map((reach) => [code(operatedBy), code(reach), 1, serviceIn(operatedBy, reach)])),
    );
    expect(overview.lenses.map(({ lens, count }) => [lens, count])).toEqual([
      ['ITSM', 6],
      ['ESM', 6],
      ['CSM', 8],
    ]);
    expect(overview.figures).toMatchObject({ urgentTotal: 8, unscheduled: 12, dueSoon: 0, running: [] });
    expect(overview.owners.map(({ name }) => name)).toEqual(['nadia', 'olga']);
    expect(overview.departments.map(({ operatedBy, department }) => [operatedBy, department])).toEqual([
      ['IT_AND_DEPARTMENT', 'Payments'],
      ['DEPARTMENT', 'Payments'],
    ]);
    expect(overview.fixFirst.length).toBeGreaterThan(0);
  });

  it('keeps to one owner and one tier when asked to', async () => {
    const { overview } = await carla.ask(OverviewQuery, { owner: 'pavel', tier: 1 });
    expect(overview.cells.filter(({ count }) => count > 0).map(({ worst }) => worst?.key)).toEqual([serviceIn('it', 'internal')]);
    expect(overview.owners).toHaveLength(2);
  });
});

describe('the page of services', () => {
  const lenses = {
    ITSM: { operators: ['it', 'it-and-department'], reaches: REACHES },
    ESM: { operators: ['it-and-department', 'department'], reaches: REACHES },
    CSM: { operators: OPERATORS, reaches: ['influences-customers', 'customer-facing'] },
  } as const satisfies Record<string, { operators: readonly OperatedBy[]; reaches: readonly Reach[] }>;

  it.each(['ITSM', 'ESM', 'CSM'] as const)('shows under %s the rectangle of that lens, no more and no less', async (lens) => {
    const { operators, reaches } = lenses[lens];
    const { services } = await carla.ask(ServicesQuery, { filter: { lens }, sort: 'NAME', first: 100 });
    const expected = operators.flatMap((operatedBy) => reaches.map((reach) => serviceIn(operatedBy, reach)));
    expect(services.edges.map(({ node }) => node.key).toSorted()).toEqual(expected.toSorted());
    expect(services.edges.every(({ node }) => node.lenses.includes(lens))).toBe(true);
  });

  it.each(['FIX_FIRST', 'SCORE', 'NAME', 'TIER', 'LAST_DRILL'] as const)('sorted by %s has no gap and no double from page to page', async (sort) => {
    const whole = await carla.ask(ServicesQuery, { sort, first: 100 });
    const paged = await pages(async (after) => (await carla.ask(ServicesQuery, { sort, first: 5, after })).services);
    expect(paged.map(({ key }) => key)).toEqual(whole.services.edges.map(({ node }) => node.key));
    expect(paged).toHaveLength(12);
  });

  it('asks the database as often for fifty services as for twelve', async () => {
    const query = `query ($first: Int!) { services(first: $first) { edges { node {
      key readiness { score band gaps { code service { name } } } owner { displayName } lastDrill { id state }
      dependencies { kind service { name readiness { band } } } } } } }`;
    const statementsFor = async (more: number): Promise<readonly string[]> => {
      await replacePortfolio(companyPortfolio({ more }));
      muster.statements.length = 0;
      const { data, errors } = await carla.send<{ services: { edges: readonly unknown[] } }>(query, { first: 50 });
      expect(errors).toEqual([]);
      expect(data?.services.edges).toHaveLength(12 + more);
      return muster.statements.map(({ sql }) => sql.replace(/\(\?[^)]*\)/g, '(…)'));
    };
    const few = await statementsFor(0);
    expect(await statementsFor(38)).toEqual(few);
    expect(few.length).toBeLessThan(20);
    await replacePortfolio(companyPortfolio());
  });
});

describe('the page of a service', () => {
  it('explains its score, and what it stands on', async () => {
    const key = serviceIn('it', 'influences-customers');
    const { service } = await carla.ask(ServiceQuery, { key });
    expect(service).toMatchObject({ key, tier: 2, ownerName: 'olga', owner: { displayName: 'The olga' }, canRequestDrill: true });
    expect(service?.reachPath.map((one) => one.key)).toEqual([key, serviceIn('it', 'customer-facing')]);
    expect(service?.readiness.components).toHaveLength(8);
    expect(service?.readiness.gaps.map(({ code: gap }) => gap)).toContain('no-runbook');
    const relations = await carla.ask(ServiceRelationsQuery, { key });
    expect(relations.service?.dependents).toMatchObject([{ kind: 'HARD', serviceKey: serviceIn('it', 'customer-facing'), service: { tier: 3 } }]);
    expect(relations.service?.dependencies).toEqual([]);
  });

  it('lists its drills newest first, from page to page', async () => {
    const key = serviceIn('it', 'internal');
    const { service } = await carla.ask(ServiceDrillsQuery, { key, first: 2 });
    expect(service?.drills.edges.map(({ node }) => node.id)).toEqual(['DR-3', 'DR-2']);
    expect(service?.drills.totalCount).toBe(3);
    const { service: drilled } = await carla.ask(ServiceQuery, { key });
    expect(drilled?.readiness.lastDrillAt).not.toBeNull();
    expect(drilled?.runbooks).toMatchObject([{ key: 'talk-it', canRequestDrill: true, approved: { number: 1 } }]);
  });

  it('is not there for a key that nobody knows', async () => {
    expect(await carla.ask(ServiceQuery, { key: 'atlantis' })).toEqual({ service: null });
  });
});

describe('the pages of runbooks', () => {
  it('list them all, from page to page', async () => {
    const paged = await pages(async (after) => (await carla.ask(RunbooksQuery, { first: 3, after })).runbooks);
    expect(paged.map(({ key }) => key)).toEqual(TALKS.toSorted());
    expect(paged.find(({ key }) => key === 'talk-it')).toMatchObject({ lastDrill: { id: drill, result: 'PASSED' } });
    const choices = await carla.ask(RunbookChoicesQuery, {});
    expect(choices.runbooks.edges).toHaveLength(4);
  });

  it('show one with its revision and its steps', async () => {
    const { runbook } = await carla.ask(RunbookQuery, { key: 'talk-it' });
    expect(runbook).toMatchObject({ title: 'Talk about it-internal', level: 'TABLETOP', revisions: [{ number: 1, approvedBy: 'test approver' }] });
    const revision = (await carla.ask(RevisionQuery, { key: 'talk-it', number: 1 })).runbook?.revision;
    expect(revision?.source).toBe(talkRunbook('talk-it', 'it-internal'));
    expect(revision?.steps).toMatchObject([{ id: 'talk', kind: 'CONFIRM', instruction: 'Say what you would do' }]);
    expect(revision?.canApprove).toBe(false);
  });

  it('show before a start what a drill would touch', async () => {
    expect((await carla.ask(StartQuery, { key: 'talk-it' })).runbook).toMatchObject({ canRequestDrill: true, approved: { number: 1, inputs: [] } });
    const { previewDrill } = await carla.ask(PreviewQuery, { input: { runbook: 'talk-it', mode: 'REHEARSAL', inputs: [] } });
    expect(previewDrill).toMatchObject({ problems: [], approvalsNeeded: 1, hosts: [], services: [{ key: 'it-internal' }] });
    expect(previewDrill.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(previewDrill.locks).toEqual([{ name: 'service:it-internal', heldBy: null }]);
    expect(previewDrill.steps).toMatchObject([{ id: 'talk' }]);
  });
});

describe('the pages of drills', () => {
  it('list them newest first, from page to page, and by what is asked for', async () => {
    const paged = await pages(async (after) => (await carla.ask(DrillsQuery, { first: 2, after })).drills);
    expect(paged.map(({ id }) => id)).toEqual(['DR-3', 'DR-2', 'DR-1']);
    const passed = await carla.ask(DrillsQuery, { filter: { result: 'PASSED', service: 'it-internal' }, first: 50 });
    expect(passed.drills.totalCount).toBe(3);
    const open = await carla.ask(DrillsQuery, { filter: { isOpen: true }, first: 50 });
    expect(open.drills).toMatchObject({ totalCount: 0, edges: [] });
    const refusal = await carla.refusal(DrillsQuery, { first: 50, after: 'made-up' });
    expect(refusal.extensions).toEqual({ code: 'INVALID_INPUT', field: 'after' });
  });

  it('show one with its steps, its events and its scores', async () => {
    const shown = (await carla.ask(DrillQuery, { id: drill })).drill;
    expect(shown).toMatchObject({
      state: 'PASSED',
      result: 'PASSED',
      actions: ['COMMENT'],
      requestedBy: 'carla',
      approvedBy: ['cosmo'],
      startedBy: 'carla',
      steps: [{ id: 'talk', state: 'SUCCEEDED', confirmedBy: 'carla', canConfirm: false }],
      services: [{ key: 'it-internal' }],
    });
    const events = (await carla.ask(DrillEventsQuery, { id: drill, after: 0, first: 100 })).drill?.events ?? [];
    expect(events.map(({ seq }) => seq)).toEqual(fromOneTo(shown?.lastSeq ?? 0));
    expect(events.map(({ type }) => type)).toEqual(['requested', 'approved', 'started', 'step-waiting', 'step-confirmed', 'finished']);
    const later = (await carla.ask(DrillEventsQuery, { id: drill, after: 4, first: 1 })).drill?.events;
    expect(later).toMatchObject([{ seq: 5, by: 'carla', text: 'carla confirmed “Talk it through” as done.' }]);
    const output = await carla.ask(DrillOutputQuery, { id: drill, step: 'talk', after: 0, first: 100, isFromEnd: true });
    expect(output.drill?.output).toEqual([]);
    const scores = (await carla.ask(DrillScoresQuery, { id: drill })).drill?.services;
    expect(scores?.[0]?.scoreHistory.length).toBeGreaterThan(0);
  });

  it('are not there for an id that nobody gave', async () => {
    expect(await carla.ask(DrillQuery, { id: 'DR-999' })).toEqual({ drill: null });
  });
});

describe('the other pages', () => {
  it('show schedules with their next due times, and let them rest', async () => {
    const input = { title: 'Each week', runbook: 'talk-it', mode: 'REHEARSAL' as const, cron: '0 2 * * 0', zone: 'Europe/Berlin', inputs: [] };
    const { id } = (await carla.ask(CreateSchedule, { input })).createSchedule;
    const { schedules } = await carla.ask(SchedulesQuery, {});
    expect(schedules).toMatchObject([{ id, isActive: true, ownerName: 'carla', runbook: { key: 'talk-it' }, occurrences: [] }]);
    expect(schedules[0]?.nextDueAt).toHaveLength(10);
    await carla.ask(SetScheduleActive, { id, isActive: false });
    expect((await carla.ask(SchedulesQuery, {})).schedules).toMatchObject([{ isActive: false, nextDueAt: [] }]);
  });

  it('find by name, and say who is here and what waits for them', async () => {
    const found = await carla.ask(PaletteQuery, { text: 'OUTSIDE' });
    expect(found.services.edges.map(({ node }) => node.key)).toHaveLength(3);
    expect(await carla.ask(ViewerQuery, {})).toMatchObject({ viewer: { name: 'carla', canControlDrills: true, canRequestDrills: true } });
    expect((await carla.ask(WaitingQuery, { first: 10 })).waitingForMe.totalCount).toBe(0);
  });
});

interface ConnectionOf<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly edges: readonly { readonly node: T }[];
}

/** All nodes, page after page. */
async function pages<T>(ask: (after: string | null) => Promise<ConnectionOf<T>>): Promise<readonly T[]> {
  const nodes: T[] = [];
  for (let after: string | null = null; ;) {
    const page: ConnectionOf<T> = await ask(after);
    nodes.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) {
      expect(nodes).toHaveLength(page.totalCount);
      return nodes;
    }
    after = page.pageInfo.endCursor;
  }
}

/** As enums are spelled over GraphQL. */
function code(value: string): string {
  return value.toUpperCase().replaceAll('-', '_');
}

async function replacePortfolio(text: string): Promise<void> {
  await applyPortfolio(muster.app, null, parsePortfolio(text, 'portfolio.yaml'));
  await assessReadiness(muster.app);
}
