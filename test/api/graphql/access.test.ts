// Who may do what over GraphQL: a row for each operation of the schema, asked by everybody. An operation without a row fails.
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../support/source-files.ts';
import type { GraphqlClient, GraphqlFault } from '../../support/graphql-client.ts';
import { aSchedule, anOccurrence } from '../../support/schedules.ts';
import { startMuster, type TestMuster } from '../../support/muster.ts';
import { companyPortfolio, PEOPLE, talkRunbook, type PersonName } from './company.ts';
import { approvedDrillOf, startDrillOf } from './talk-drill.ts';

/** Of the service concerned, olga is the owner and pavel the deputy; nadia owns others. */
const ASKED = ['nobody', 'carla', 'olga', 'pavel', 'nadia', 'audrey', 'adam'] as const;
type Asked = (typeof ASKED)[number];

const EVERYBODY = 'nobody carla olga pavel nadia audrey adam';
const SIGNED_IN = 'carla olga pavel nadia audrey adam';
const OWN = 'carla olga pavel';

interface Row {
  readonly operation: string;
  readonly allowed: string;
  readonly document: string;
}

const TALK_SCHEDULE = '{ title: "", runbook: "talk-it", mode: REHEARSAL, cron: "x", zone: "UTC" }';
const OWN_SCOPE = 'scope: { services: ["it-internal"] }';
/** Ended before it begins, so that nothing comes of it. */
const FREEZE = `{ title: "x", reason: "x", ${OWN_SCOPE}, from: "2026-02-01T00:00", to: "2026-01-01T00:00", zone: "UTC" }`;
const BLACKOUT = `{ title: "x", ${OWN_SCOPE}, zone: "UTC", text: "no calendar" }`;

const QUERIES: readonly Row[] = [
  row('about', EVERYBODY, 'query { about { version } }'),
  row('viewer', EVERYBODY, 'query { viewer { name } }'),
  row('waitingForMe', EVERYBODY, 'query { waitingForMe { totalCount } }'),
  row('storage', SIGNED_IN, 'query { storage { isWritable } }'),
  row('services', SIGNED_IN, 'query { services { totalCount } }'),
  row('service', SIGNED_IN, 'query { service(key: "it-internal") { readiness { score } } }'),
  row('overview', SIGNED_IN, 'query { overview { figures { unproven } } }'),
  row('schedules', SIGNED_IN, 'query { schedules { id } }'),
  row('schedule', SIGNED_IN, 'query { schedule(id: "SC-1") { id } }'),
  row('previewSchedule', OWN, `query { previewSchedule(input: ${TALK_SCHEDULE}) { wall } }`),
  row('calendar', SIGNED_IN, 'query { calendar(from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z") { cutAt } }'),
  row('freezes', SIGNED_IN, 'query { freezes { id } }'),
  row('blackoutCalendars', SIGNED_IN, 'query { blackoutCalendars { id } }'),
  row('readBlackoutFile', SIGNED_IN, 'query { readBlackoutFile(text: "", zone: "UTC") { title } }'),
  row('hosts', 'carla audrey adam', 'query { hosts { key } }'),
  row('host', 'carla audrey adam', 'query { host(key: "x") { key } }'),
  row('runbooks', SIGNED_IN, 'query { runbooks { totalCount } }'),
  row('runbook', 'carla olga pavel audrey adam', 'query { runbook(key: "talk-it") { latest { source } } }'),
  row('runbookDraft', OWN, 'query { runbookDraft(runbook: "talk-it") { version } }'),
  row('runbookNames', 'carla olga pavel nadia', 'query { runbookNames { services } }'),
  row('convertProcedure', 'carla olga pavel nadia', 'query { convertProcedure(fileName: "x.md", text: "") { key } }'),
  row('checkRunbook', OWN, 'query { checkRunbook(text: { runbook: "talk-it", source: "" }) { isReadable } }'),
  row('previewDrill', 'carla olga pavel audrey adam', 'query { previewDrill(input: { runbook: "talk-it", mode: REHEARSAL }) { planHash } }'),
  row('drillsToStop', 'carla adam', 'query { drillsToStop { id } }'),
  row('drills', SIGNED_IN, 'query { drills { totalCount } }'),
  row('drill', 'carla olga pavel audrey adam', 'query { drill(id: "DR-1") { steps { id } } }'),
];

const MUTATIONS: readonly Row[] = [
  row('signIn', EVERYBODY, 'mutation { signIn(name: "", password: "wrong") { name } }'),
  row('createFirstAdmin', EVERYBODY, `mutation { createFirstAdmin(input: { name: "x", displayName: "X", password: "x", token: "x" }) { name } }`),
  row('createAccount', 'adam', 'mutation { createAccount(input: { name: "", displayName: "X", password: "x", roles: [ADMIN] }) { name } }'),
  row('approveRevision', OWN, 'mutation { approveRevision(hash: "HASH") { number } }'),
  row('saveDraft', OWN, 'mutation { saveDraft(input: { runbook: "talk-it", source: "", version: 7 }) { version } }'),
  row('submitDraft', OWN, 'mutation { submitDraft(runbook: "talk-it", version: 7) { number } }'),
  row('discardDraft', 'carla olga pavel nadia', 'mutation { discardDraft(runbook: "talk-it", version: 7) }'),
  row('checkDraftHosts', 'carla', 'mutation { checkDraftHosts(text: { runbook: "talk-it", source: "" }) { host } }'),
  row('createSchedule', OWN, `mutation { createSchedule(input: { title: "", runbook: "talk-it", mode: REHEARSAL, cron: "x", zone: "UTC" }) { id } }`),
  row('setScheduleActive', OWN, 'mutation { setScheduleActive(id: "SC-1", isActive: true) { id } }'),
  row('updateSchedule', OWN, `mutation { updateSchedule(id: "SC-1", version: 7, input: ${TALK_SCHEDULE}) { id } }`),
  row('endSchedule', OWN, 'mutation { endSchedule(id: "SC-1", reason: "") { id } }'),
  row('createFreeze', OWN, `mutation { createFreeze(input: ${FREEZE}) { id } }`),
  row('updateFreeze', OWN, `mutation { updateFreeze(id: "FZ-1", version: 7, input: ${FREEZE}) { id } }`),
  row('endFreeze', OWN, 'mutation { endFreeze(id: "FZ-1", reason: "") { id } }'),
  row('createBlackoutCalendar', OWN, `mutation { createBlackoutCalendar(input: ${BLACKOUT}) { id } }`),
  row('updateBlackoutCalendar', OWN, `mutation { updateBlackoutCalendar(id: "BC-1", version: 7, input: ${BLACKOUT}) { id } }`),
  row('endBlackoutCalendar', OWN, 'mutation { endBlackoutCalendar(id: "BC-1", reason: "") { id } }'),
  row('preflight', 'carla olga pavel adam', 'mutation { preflight(schedule: "SC-1") { isOk } }'),
  row('checkHosts', 'carla adam', 'mutation { checkHosts(runbook: "talk-it") { host } }'),
  row('checkHost', 'carla adam', 'mutation { checkHost(key: "x") { host } }'),
  row('pinHostKeys', 'adam', 'mutation { pinHostKeys(input: { host: "x", hostKeys: [], was: [], reason: "x" }) { key } }'),
  row('requestDrill', OWN, 'mutation { requestDrill(input: { runbook: "talk-it", mode: DRY_RUN }) { id } }'),
  row('approveDrill', OWN, 'mutation { approveDrill(id: "DR-1", planHash: "x") { id } }'),
  row('startDrill', 'carla', 'mutation { startDrill(id: "DR-1", planHash: "x") { id } }'),
  row('pauseDrill', 'carla', 'mutation { pauseDrill(id: "DR-1") { id } }'),
  row('stopAllDrills', 'carla adam', 'mutation { stopAllDrills(reason: "") { paused { id } } }'),
  row('resumeDrill', 'carla', 'mutation { resumeDrill(id: "DR-1") { id } }'),
  row('retryStep', 'carla', 'mutation { retryStep(drill: "DR-1", step: "talk") { id } }'),
  row('skipStep', 'carla', 'mutation { skipStep(drill: "DR-1", step: "none", reason: "x") { id } }'),
  row('decideUnknown', 'carla', 'mutation { decideUnknown(drill: "DR-1", step: "talk", host: "x", decision: FAILED, reason: "x") { id } }'),
  row('acceptUnclean', 'carla', 'mutation { acceptUnclean(drill: "DR-1", reason: "x") { id } }'),
  row('commentDrill', 'carla olga pavel audrey', 'mutation { commentDrill(id: "DR-1", text: "x") { id } }'),
  row('confirmStep', OWN, 'mutation { confirmStep(drill: "DR-1", step: "none", outcome: DONE) { id } }'),
  row('takeOverDrill', 'carla', 'mutation { takeOverDrill(id: "DR-1", from: "nobody", reason: "x") { id } }'),
  row('reopenDrill', 'carla', 'mutation { reopenDrill(id: "DR-1", reason: "x") { id } }'),
  row('revertDrill', 'carla', 'mutation { revertDrill(id: "DR-1", reason: "x") { id } }'),
  row('rejectDrill', OWN, 'mutation { rejectDrill(id: "DR-1", reason: "x") { id } }'),
  row('abortDrill', 'carla olga pavel adam', 'mutation { abortDrill(id: "DR-1", typedId: "DR-1", form: NOW, reason: "x") { id } }'),
  row('signOut', EVERYBODY, 'mutation { signOut }'),
];

const SUBSCRIPTIONS: readonly Row[] = [
  row('drillEvents', 'carla olga pavel audrey', 'subscription { drillEvents(drill: "DR-1") { seq } }'),
  row('scoreChanges', SIGNED_IN, 'subscription { scoreChanges { after } }'),
];

let muster: TestMuster;
let people: ReadonlyMap<Asked, GraphqlClient>;
let unapproved: string;

beforeAll(async () => {
  muster = await startMuster({ portfolio: companyPortfolio(), runbooks: { 'talk-it': talkRunbook('talk-it', 'it-internal') }, people: PEOPLE });
  unapproved = await muster.addRunbook(talkRunbook('talk-draft', 'it-internal'), null);
  const clients = await Promise.all(ASKED.map(async (name): Promise<[Asked, GraphqlClient]> => [name, await clientOf(name)]));
  people = new Map(clients);
  // A person of her own asks, so that nobody in the table is refused as the requester.
  const cosmo = await muster.as('cosmo');
  await startDrillOf('talk-it', { carla: cosmo, cosmo: await muster.as('carla') });
  // Of now: what fell due since is the business of the app's own timer.
  const dueAt = Date.now();
  await muster.app.database.write(async ({ schedules }) => {
    await schedules.create(aSchedule({ runbook: 'talk-it', graceMs: 0, leadMs: 0, createdAt: dueAt }));
    await schedules.claim(anOccurrence({ dueAt, state: 'started', drill: 'DR-1' }));
  });
  await muster.app.database.write(async ({ freezes, blackouts }) => {
    const scope = { isEverything: false, services: ['it-internal'], sites: [], lenses: [], hostLabels: [] };
    const closed = { title: 'Closed', scope, zone: 'UTC', owner: 'carla', createdAt: dueAt, endedAt: null, version: 1 };
    await freezes.create({ ...closed, id: 'FZ-1', reason: 'x', from: '2026-01-01T00:00', to: '2026-01-02T00:00' });
    await blackouts.create({ ...closed, id: 'BC-1', text: 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' });
  });
});
afterAll(() => muster.stop());

it('the table has a row for every operation of the schema', () => {
  const schema = buildSchema(readFileSync(join(ROOT, 'web', 'schema.graphql'), 'utf8'));
  const fieldsOf = (type: ReturnType<typeof schema.getQueryType>): readonly string[] => Object.keys(type?.getFields() ?? {}).toSorted();
  expect(QUERIES.map(({ operation }) => operation).toSorted()).toEqual(fieldsOf(schema.getQueryType()));
  expect(MUTATIONS.map(({ operation }) => operation).toSorted()).toEqual(fieldsOf(schema.getMutationType()));
  expect(SUBSCRIPTIONS.map(({ operation }) => operation).toSorted()).toEqual(fieldsOf(schema.getSubscriptionType()));
});

describe.each([...QUERIES, ...MUTATIONS])('$operation', ({ allowed, document }) => {
  it.each(ASKED)('answers %s as the policy says', async (name) => {
    // Whoever signs out here is signed in anew for what follows.
    const client = document.includes('signOut') ? await clientOf(name) : clientFor(name);
    const { errors } = await client.send(document.replace('HASH', unapproved));
    expect(verdict(errors)).toBe(expected(allowed, name));
  });
});

describe.each(SUBSCRIPTIONS)('$operation', ({ allowed, document }) => {
  it.each(ASKED)('answers %s as the policy says', async (name) => {
    const followed = clientFor(name).followText(document);
    if (expected(allowed, name) === 'allowed') {
      // What comes after it over the same socket shows that it was taken.
      const marker = clientFor(name).followText('{ about { version } }');
      await marker.ended();
    } else {
      await followed.ended();
    }
    expect(verdict(followed.faults)).toBe(expected(allowed, name));
    followed.stop();
  });
});

describe('what leads from one noun to another', () => {
  it.each([
    ['the text of a runbook over a service', '{ service(key: "it-internal") { runbooks { latest { source } } } }'],
    ['the steps of a runbook over a service', '{ service(key: "it-internal") { runbooks { approved { steps { command instruction } } } } }'],
    ['the revisions of a runbook over a service', '{ service(key: "it-internal") { runbooks { revisions { source } } } }'],
    ['the text of a runbook over a schedule', '{ schedules { runbook { latest { source } } } }'],
    ['the drills of a service', '{ service(key: "it-internal") { drills { totalCount } } }'],
  ])('does not show other owners %s', async (_what, query) => {
    expect(verdict((await clientFor('nadia').send(query)).errors)).toBe('FORBIDDEN');
    expect((await clientFor('olga').send(query)).errors).toEqual([]);
    expect((await clientFor('audrey').send(query)).errors).toEqual([]);
  });

  it.each([
    ['the last drill of a service', '{ service(key: "it-internal") { lastDrill { id } } }'],
    ['the drill of a due time', '{ schedules { occurrences { drill { id } } } }'],
    ['running drills', '{ overview { figures { running { id } } } }'],
    ['drills in the list', '{ drills(filter: { service: "it-internal" }) { edges { node { id } } } }'],
    ['runbooks in the list', '{ runbooks { edges { node { key } } } }'],
  ])('leaves out for other owners: %s', async (_what, query) => {
    await startedAgain();
    const toNadia = await clientFor('nadia').send(query);
    expect(toNadia.errors).toEqual([]);
    expect(JSON.stringify(toNadia.data)).not.toMatch(/DR-\d|talk-/);
    expect(JSON.stringify((await clientFor('olga').send(query)).data)).toMatch(/DR-\d|talk-/);
  });

  it('shows an admin that a drill runs, and not what it wrote', async () => {
    expect((await clientFor('adam').send('{ drill(id: "DR-1") { state events { text } } }')).errors).toEqual([]);
    expect(verdict((await clientFor('adam').send('{ drill(id: "DR-1") { output(step: "talk") { text } } }')).errors)).toBe('FORBIDDEN');
  });

  it('lets people act on what is theirs: each is told what they may do', async () => {
    const id = await startedAgain();
    const actionsOf = async (name: Asked): Promise<unknown> => (await clientFor(name).send(`{ drill(id: "${id}") { actions } }`)).data;
    expect(await actionsOf('carla')).toEqual({ drill: { actions: ['PAUSE', 'ABORT', 'CONFIRM', 'COMMENT', 'TAKE_OVER'] } });
    expect(await actionsOf('pavel')).toEqual({ drill: { actions: ['ABORT', 'CONFIRM', 'COMMENT'] } });
    expect(await actionsOf('audrey')).toEqual({ drill: { actions: ['COMMENT'] } });
    expect(await actionsOf('adam')).toEqual({ drill: { actions: ['ABORT'] } });
  });
});

/** DR-1 was aborted by the table; a drill of the same service that runs. */
let running: string | null = null;
async function startedAgain(): Promise<string> {
  if (running !== null) return running;
  const pair = { carla: await muster.as('cosmo'), cosmo: await muster.as('carla') };
  running = await startDrillOf('talk-it', pair);
  await approvedDrillOf('talk-it', pair);
  return running;
}

function row(operation: string, allowed: string, document: string): Row {
  return { operation, allowed, document };
}

function clientFor(name: Asked): GraphqlClient {
  return people.get(name) ?? muster.nobody;
}

async function clientOf(name: Asked): Promise<GraphqlClient> {
  return name === 'nobody' ? muster.nobody : muster.as(name satisfies PersonName);
}

/** An act that the state of the drill, or the input, refuses has passed the policy. */
function verdict(errors: readonly GraphqlFault[]): string {
  const codes = errors.map(({ extensions }) => String(extensions['code']));
  // A wrong password is UNAUTHENTICATED too, and everybody may try one.
  if (errors.some(({ message }) => message.startsWith('Name or password'))) return 'allowed';
  expect(codes).not.toContain('INTERNAL');
  return codes.find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') ?? 'allowed';
}

function expected(allowed: string, name: Asked): string {
  if (allowed.split(' ').includes(name)) return 'allowed';
  return name === 'nobody' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}
