// Editing a runbook over GraphQL: drafts that nothing is lost of, checks of a text, and revisions made of drafts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultOf, VariablesOf } from 'gql.tada';
import {
  CheckRunbookQuery,
  ConvertProcedureQuery,
  DiscardDraft,
  EditedRunbookQuery,
  NewDraftQuery,
  RevisionDiffQuery,
  RunbookNamesQuery,
  SaveDraft,
  SubmitDraft,
  TextDiffQuery,
} from '../../../web/graphql/editor.ts';
import { ApproveRevision, RevisionQuery, RunbookQuery } from '../../../web/graphql/runbooks.ts';
import type { GraphqlClient } from '../../support/graphql-client.ts';
import { startMuster, type TestMuster } from '../../support/muster.ts';
import { companyPortfolio, PEOPLE, talkRunbook } from './company.ts';

let muster: TestMuster;
let carla: GraphqlClient;
let olga: GraphqlClient;
let nadia: GraphqlClient;

beforeAll(async () => {
  const keys = ['talk-it', 'talk-lost', 'talk-twice', 'talk-late', 'talk-same', 'talk-away'];
  const runbooks = Object.fromEntries(keys.map((key) => [key, talkRunbook(key, 'it-internal')]));
  muster = await startMuster({ portfolio: companyPortfolio(), runbooks, people: PEOPLE });
  [carla, olga, nadia] = await Promise.all([muster.as('carla'), muster.as('olga'), muster.as('nadia')]);
});
afterAll(() => muster.stop());

type Input = VariablesOf<typeof SaveDraft>['input'];

const save = async (client: GraphqlClient, input: Input) => (await client.ask(SaveDraft, { input })).saveDraft;
const baseOf = async (key: string): Promise<string> => (await olga.ask(EditedRunbookQuery, { key })).runbook?.latest.hash ?? '';
const changed = (key: string, title: string): string => talkRunbook(key, 'it-internal').replace('Talk it through', title);
const codes = (checked: ResultOf<typeof CheckRunbookQuery>): readonly string[] => checked.checkRunbook.problems.map(({ code }) => code);

describe('a draft', () => {
  it('is kept with its errors and its files, and comes back to its writer alone', async () => {
    const base = await baseOf('talk-it');
    const files = [{ name: 'stop.sh', text: 'echo stop\n' }];
    const saved = await save(olga, { runbook: 'talk-it', source: 'runbook: [', files, base, version: 0 });
    expect(saved).toMatchObject({ source: 'runbook: [', files, version: 1, base: { hash: base, number: 1 } });
    expect((await olga.ask(EditedRunbookQuery, { key: 'talk-it' })).runbookDraft).toMatchObject({ source: 'runbook: [', files });
    expect((await carla.ask(EditedRunbookQuery, { key: 'talk-it' })).runbookDraft).toBeNull();
  });

  it('is never written over unseen', async () => {
    const base = await baseOf('talk-lost');
    await save(olga, { runbook: 'talk-lost', source: 'one', base, version: 0, files: [] });
    await save(olga, { runbook: 'talk-lost', source: 'two', base, version: 1, files: [] });
    const late = await olga.refusal(SaveDraft, { input: { runbook: 'talk-lost', source: 'late', base, version: 1, files: [] } });
    expect(late).toMatchObject({ extensions: { code: 'CONFLICT', field: 'version' } });
    expect(await olga.refusal(DiscardDraft, { runbook: 'talk-lost', version: 1 })).toMatchObject({ extensions: { code: 'CONFLICT' } });
    expect((await olga.ask(EditedRunbookQuery, { key: 'talk-lost' })).runbookDraft?.source).toBe('two');
    expect(await olga.ask(DiscardDraft, { runbook: 'talk-lost', version: 2 })).toEqual({ discardDraft: true });
    expect((await olga.ask(EditedRunbookQuery, { key: 'talk-lost' })).runbookDraft).toBeNull();
  });

  it('is refused to who may not edit the runbook, above its size, and on another runbook’s revision', async () => {
    const input = { runbook: 'talk-it', source: 'x', base: null, version: 0, files: [] };
    expect(await nadia.refusal(SaveDraft, { input })).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    const large = { ...input, runbook: null, source: 'x'.repeat(1_000_001) };
    expect(await olga.refusal(SaveDraft, { input: large })).toMatchObject({ extensions: { code: 'INVALID_INPUT', field: 'source' } });
    const foreign = { ...input, base: await baseOf('talk-lost'), version: 1 };
    expect(await olga.refusal(SaveDraft, { input: foreign })).toMatchObject({ extensions: { code: 'INVALID_INPUT', field: 'base' } });
    expect(await olga.refusal(SaveDraft, { input: { ...input, runbook: 'nowhere' } })).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await carla.refusal(SaveDraft, { input: { ...input, runbook: 'nowhere' } })).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });
});

describe('the check of a text', () => {
  it('names what is wrong with its place, and gives the plan once there is one', async () => {
    const broken = await olga.ask(CheckRunbookQuery, { text: { runbook: 'talk-it', source: 'runbook: talk-it\nstepz: []\n', files: [] } });
    expect(broken.checkRunbook).toMatchObject({ isReadable: false, totalMs: null, steps: [] });
    const problem = broken.checkRunbook.problems.find(({ code, line }) => code === 'unknown-key' && line === 2);
    expect(problem).toMatchObject({ isError: true, column: 1, remedy: expect.stringContaining('steps') });
    const fine = await olga.ask(CheckRunbookQuery, { text: { runbook: 'talk-it', source: changed('talk-it', 'Say it'), files: [] } });
    expect(fine.checkRunbook).toMatchObject({ isReadable: true, totalMs: 600_000, steps: [{ id: 'talk', title: 'Say it', isCritical: true }] });
    expect(fine.checkRunbook.problems.filter(({ isError }) => isError)).toEqual([]);
  });

  it('says when the key is changed or taken', async () => {
    const renamed = await olga.ask(CheckRunbookQuery, { text: { runbook: 'talk-it', source: changed('talk-other', 'Say it'), files: [] } });
    expect(codes(renamed)).toContain('key-changed');
    const taken = await olga.ask(CheckRunbookQuery, { text: { runbook: null, source: changed('talk-it', 'Say it'), files: [] } });
    expect(codes(taken)).toContain('key-taken');
  });

  it('reads scripts from the files beside the text', async () => {
    const source = scripted('scripted-check');
    expect(codes(await carla.ask(CheckRunbookQuery, { text: { runbook: null, source, files: [] } }))).toContain('script-missing');
    const files = [{ name: 'stop.sh', text: 'true\n' }];
    expect(codes(await carla.ask(CheckRunbookQuery, { text: { runbook: null, source, files } }))).not.toContain('script-missing');
  });
});

describe('submitting', () => {
  it('makes a revision that somebody else approves, and the draft is gone', async () => {
    const base = await baseOf('talk-twice');
    await save(olga, { runbook: 'talk-twice', source: changed('talk-twice', 'Say it'), base, version: 0, files: [] });
    const { submitDraft } = await olga.ask(SubmitDraft, { runbook: 'talk-twice', version: 1 });
    expect(submitDraft.number).toBe(2);
    expect((await olga.ask(EditedRunbookQuery, { key: 'talk-twice' })).runbookDraft).toBeNull();
    const { runbook } = await olga.ask(RevisionQuery, { key: 'talk-twice', number: 2 });
    expect(runbook?.revision).toMatchObject({ canApprove: false, createdBy: 'olga', approvedAt: null });
    expect(runbook?.revision?.cannotApproveReason).toContain('You wrote');
    expect(await olga.refusal(ApproveRevision, { hash: submitDraft.hash })).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect((await carla.ask(ApproveRevision, { hash: submitDraft.hash })).approveRevision.approvedBy).toBe('carla');
  });

  it('makes a new runbook, scripts included, and gives them back for the next edit', async () => {
    const files = [{ name: 'stop.sh', text: 'echo "it\'s stopped"\n' }];
    await save(carla, { runbook: null, source: scripted('scripted'), base: null, version: 0, files });
    expect((await carla.ask(NewDraftQuery, {})).runbookDraft?.files).toEqual(files);
    await carla.ask(SubmitDraft, { runbook: null, version: 1 });
    expect((await carla.ask(EditedRunbookQuery, { key: 'scripted' })).runbook?.latest).toMatchObject({
      number: 1,
      source: scripted('scripted'),
      files,
    });
  });

  it('is refused with the errors of the text', async () => {
    await save(carla, { runbook: null, source: 'runbook: x', base: null, version: 0, files: [] });
    const fault = await carla.refusal(SubmitDraft, { runbook: null, version: 1 });
    expect(fault.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      problems: expect.arrayContaining([expect.objectContaining({ code: 'missing-key' })]),
    });
    await carla.ask(DiscardDraft, { runbook: null, version: 1 });
  });

  it('is refused when another revision came between, and the draft stays', async () => {
    const base = await baseOf('talk-late');
    await save(olga, { runbook: 'talk-late', source: changed('talk-late', 'Mine'), base, version: 0, files: [] });
    await save(carla, { runbook: 'talk-late', source: changed('talk-late', 'Hers'), base, version: 0, files: [] });
    await carla.ask(SubmitDraft, { runbook: 'talk-late', version: 1 });
    expect(await olga.refusal(SubmitDraft, { runbook: 'talk-late', version: 1 })).toMatchObject({ extensions: { code: 'CONFLICT', field: 'base' } });
    const edited = await olga.ask(EditedRunbookQuery, { key: 'talk-late' });
    expect(edited.runbookDraft?.source).toContain('Mine');
    const input = { runbook: 'talk-late', source: changed('talk-late', 'Both'), base: edited.runbook?.latest.hash ?? '', version: 1, files: [] };
    await save(olga, input);
    expect((await olga.ask(SubmitDraft, { runbook: 'talk-late', version: 2 })).submitDraft.number).toBe(3);
  });

  it('is refused when nothing that runs has changed', async () => {
    const source = `# a remark\n${talkRunbook('talk-same', 'it-internal')}`;
    await save(olga, { runbook: 'talk-same', source, base: await baseOf('talk-same'), version: 0, files: [] });
    expect(await olga.refusal(SubmitDraft, { runbook: 'talk-same', version: 1 })).toMatchObject({ extensions: { code: 'BAD_STATE' } });
  });

  it('does not let an owner move a runbook to services of others', async () => {
    await save(olga, {
      runbook: 'talk-away',
      source: talkRunbook('talk-away', 'department-internal'),
      base: await baseOf('talk-away'),
      version: 0,
      files: [],
    });
    expect(await olga.refusal(SubmitDraft, { runbook: 'talk-away', version: 1 })).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

describe('changes', () => {
  it('of a text against a revision are told by step', async () => {
    const text = { runbook: 'talk-it', source: changed('talk-it', 'Say it'), files: [] };
    const { changesSince } = (await olga.ask(TextDiffQuery, { text, number: 1 })).checkRunbook;
    expect(changesSince).toMatchObject({
      head: [],
      steps: [{ kind: 'CHANGED', id: 'talk', isMoved: false, fields: [{ field: 'title', before: 'Talk it through', after: 'Say it' }] }],
    });
    expect((await olga.ask(TextDiffQuery, { text, number: 9 })).checkRunbook.changesSince).toBeNull();
    expect((await olga.ask(TextDiffQuery, { text: { ...text, source: 'steps: [' }, number: 1 })).checkRunbook.changesSince).toBeNull();
  });

  it('between revisions are told to those who may see the runbook', async () => {
    const variables = { key: 'talk-twice', from: 1, to: 2 };
    expect((await olga.ask(RevisionDiffQuery, variables)).runbook?.revision?.changesSince?.steps).toHaveLength(1);
    expect(await nadia.refusal(RevisionDiffQuery, variables)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

it('names for completion leave out what the person may not see', async () => {
  expect((await carla.ask(RunbookNamesQuery, {})).runbookNames.runbooks).toContain('talk-it');
  const toNadia = (await nadia.ask(RunbookNamesQuery, {})).runbookNames;
  expect(toNadia.runbooks).not.toContain('talk-it');
  expect(toNadia.services).toContain('it-internal');
});

it('a runbook says who may edit it', async () => {
  expect([await mayEdit(carla), await mayEdit(olga), await mayEdit(await muster.as('audrey'))]).toEqual([true, true, false]);
  expect((await olga.ask(RunbookQuery, { key: 'talk-it' })).runbook?.latest.number).toBe(1);
});

async function mayEdit(client: GraphqlClient): Promise<boolean | undefined> {
  return (await client.ask(RunbookQuery, { key: 'talk-it' })).runbook?.canEdit;
}

function scripted(key: string): string {
  return `
runbook: ${key}
title: Stop it
services: [it-internal]
scenario: site-loss
level: full
targets: { it: { host: nowhere } }
steps:
  - id: stop
    title: Stop it
    run: { script: stop.sh }
    on: it
    timeout: 1m
    estimate: 10s
`;
}

it('a procedure of another tool becomes a runbook with an account of its pieces, and nothing is stored', async () => {
  const experiment = {
    title: 'Stop the shop',
    description: 'What happens without it?',
    method: [{ type: 'action', name: 'stop-shop', provider: { type: 'process', path: 'systemctl', arguments: 'stop shop' } }],
    rollbacks: [],
  };
  const variables = { fileName: 'stop-shop.json', text: JSON.stringify(experiment) };
  const { convertProcedure } = await carla.ask(ConvertProcedureQuery, variables);
  expect(convertProcedure).toHaveLength(1);
  expect(convertProcedure[0]).toMatchObject({ title: 'Stop the shop', source: expect.stringContaining('systemctl stop shop') });
  expect(convertProcedure[0]?.understood.length).toBeGreaterThan(0);
  expect((await carla.ask(RunbookNamesQuery, {})).runbookNames.runbooks).not.toContain(convertProcedure[0]?.key);
  expect(await carla.refusal(ConvertProcedureQuery, { fileName: 'x.bin', text: 'nothing' })).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
});
