// What is different between two revisions, and what it does to the proof.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffRunbooks } from '../../../../api/domain/runbook/diff/diff-runbooks.ts';
import { diffLines } from '../../../../api/domain/runbook/diff/line-diff.ts';
import type { RunbookDiff, StepChange } from '../../../../api/domain/runbook/diff/runbook-diff.ts';
import type { Runbook } from '../../../../api/domain/runbook/runbook.ts';
import { GENERATED_FILES, generatedRunbook } from './written-runbook-generator.ts';
import { LEDGER, LEDGER_SCRIPTS, ledger, small, valid } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const EMPTY: RunbookDiff = { head: [], steps: [], voidsEvidence: false };

const A = { id: 'a', title: 'A', run: 'echo a\necho b\necho c', on: 'db', timeout: '1m', undo: 'echo no' };
const B = { id: 'b', title: 'B', check: 'pg_isready', on: 'db' };
const C = { id: 'c', title: 'C', confirm: 'Call the desk.' };

function diff(before: readonly Written[], after: readonly Written[]): RunbookDiff {
  return diffRunbooks(valid(small(before)), valid(small(after)));
}

/** The one step that differs when step A is written with these changes. */
function changed(changes: Written, before: Written = A): StepChange {
  const { steps } = diff([before], [{ ...before, ...changes }]);
  const [step] = steps;
  if (step === undefined || steps.length > 1) throw new Error(JSON.stringify(steps));
  return step;
}

function brief({ steps }: RunbookDiff): readonly string[] {
  return steps.map(({ type, id, renamedFrom, isMoved, voidsEvidence }) =>
    [type, ...(renamedFrom === null ? [] : [renamedFrom, 'to']), id, ...(isMoved ? ['elsewhere'] : []), ...(voidsEvidence ? ['voids'] : [])].join(
      ' ',
    ),
  );
}

function ids({ steps }: RunbookDiff, type: StepChange['type']): readonly string[] {
  return steps.flatMap((step) => (step.type === type ? step.id : [])).toSorted();
}

function renames({ steps }: RunbookDiff): readonly string[] {
  return steps.flatMap(({ id, renamedFrom }) => (renamedFrom === null ? [] : [[id, renamedFrom].toSorted().join(' ')])).toSorted();
}

type Keys = readonly (string | number)[];

/** Where the texts, numbers and truths of a runbook stand. */
function leavesOf(value: unknown, path: Keys = []): readonly Keys[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => leavesOf(entry, [...path, index]));
  return typeof value === 'object' ? Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, [...path, key])) : [path];
}

/** The runbook with another value there. */
function withAnother(runbook: Runbook, path: Keys): Runbook {
  const copy = structuredClone(runbook);
  const parent: unknown = path.slice(0, -1).reduce((value: unknown, key) => Reflect.get(Object(value), key), copy);
  const key = path.at(-1) ?? '';
  const value: unknown = Reflect.get(Object(parent), key);
  Reflect.set(Object(parent), key, typeof value === 'number' ? value * 2 || 1 : typeof value === 'boolean' ? !value : `${String(value)}x`);
  return copy;
}

describe('diffRunbooks', () => {
  it('finds nothing between a runbook and itself, whatever it is', () => {
    fc.assert(
      fc.property(generatedRunbook, (written) => {
        const runbook = valid(written, GENERATED_FILES);
        expect(diffRunbooks(runbook, runbook)).toEqual(EMPTY);
      }),
      { numRuns: 40 },
    );
  });

  it('finds something wherever anything at all is changed', () => {
    const samples = [valid(LEDGER), ...fc.sample(generatedRunbook, 20).map((written) => valid(written, GENERATED_FILES))];
    for (const runbook of samples) {
      for (const path of leavesOf(runbook)) {
        const { head, steps } = diffRunbooks(runbook, withAnother(runbook, path));
        expect([path.join('.'), head.length + steps.length > 0]).toEqual([path.join('.'), true]);
      }
    }
  });

  it('finds the other way round as gone what it finds as new', () => {
    fc.assert(
      fc.property(generatedRunbook, generatedRunbook, (one, other) => {
        const [before, after] = [valid(one, GENERATED_FILES), valid(other, GENERATED_FILES)];
        const [there, back] = [diffRunbooks(before, after), diffRunbooks(after, before)];
        expect(ids(there, 'new')).toEqual(ids(back, 'gone'));
        expect(ids(there, 'gone')).toEqual(ids(back, 'new'));
        expect(renames(there)).toEqual(renames(back));
      }),
      { numRuns: 40 },
    );
  });

  it('tells of steps that are new and gone where they stand', () => {
    const needs = { needs: [] };
    expect(brief(diff([A, { ...B, ...needs }], [A, { ...C, ...needs }, { ...B, ...needs }]))).toEqual(['new c voids']);
    expect(brief(diff([A, { ...C, ...needs }, { ...B, ...needs }], [A, { ...B, ...needs, title: 'New' }]))).toEqual(['gone c voids', 'changed b']);
    expect(
      brief(
        diff(
          [
            { ...A, ...needs },
            { ...C, ...needs },
          ],
          [{ ...A, ...needs }],
        ),
      ),
    ).toEqual(['gone c voids']);
  });

  it('knows a step by what it does when it has another id, and what needs it has not changed', () => {
    const renamed = diff([A, B, { ...C, needs: ['b'] }], [A, { ...B, id: 'ready' }, { ...C, needs: ['ready'] }]);
    expect(brief(renamed)).toEqual(['changed b to ready']);
    expect(renamed.voidsEvidence).toBe(false);
  });

  it('of several that do the same takes the one with the same title', () => {
    const twins = diff(
      [
        { ...B, id: 'x', title: 'X' },
        { ...B, id: 'y', title: 'Y' },
      ],
      [
        { ...B, id: 'yy', title: 'Y' },
        { ...B, id: 'xx', title: 'X', needs: ['yy'] },
      ],
    );
    expect(twins.steps.map(({ id, renamedFrom }) => [id, renamedFrom])).toEqual([
      ['yy', 'y'],
      ['xx', 'x'],
    ]);
  });

  it('tells order and needs apart', () => {
    const free = { needs: [] };
    expect(
      brief(
        diff(
          [
            { ...A, ...free },
            { ...B, ...free },
            { ...C, ...free },
          ],
          [
            { ...C, ...free },
            { ...A, ...free },
            { ...B, ...free },
          ],
        ),
      ),
    ).toEqual(['moved c elsewhere']);
    expect(brief(diff([A, B, C], [A, B, { ...C, needs: ['a'] }]))).toEqual(['moved c voids']);
    expect(brief(diff([A, B, { ...C, needs: ['a', 'b'] }], [A, B, { ...C, needs: ['b', 'a'] }]))).toEqual(['moved c']);
  });

  it('shows a command line by line', () => {
    const step = changed({ run: 'echo a\necho x\necho c' });
    expect(step).toMatchObject({ type: 'changed', changesCommand: true, voidsEvidence: true });
    expect(step.fields).toEqual([
      {
        field: 'command',
        before: A.run,
        after: 'echo a\necho x\necho c',
        voidsEvidence: true,
        lines: [
          { type: 'same', text: 'echo a' },
          { type: 'gone', text: 'echo b' },
          { type: 'new', text: 'echo x' },
          { type: 'same', text: 'echo c' },
        ],
      },
    ]);
  });

  it.each<[string, Written, string, string | null, string | null, boolean]>([
    ['a title', { title: 'Other' }, 'title', 'A', 'Other', false],
    ['a note', { note: 'Why' }, 'note', null, 'Why', false],
    ['tags', { tags: ['x', 'y'] }, 'tags', null, 'x, y', false],
    ['an estimate', { estimate: '90s' }, 'estimate', null, '1m30s', false],
    ['a longer timeout', { timeout: '2m' }, 'timeout', '1m', '2m', false],
    ['a shorter timeout', { timeout: '30s' }, 'timeout', '1m', '30s', true],
    ['an account', { become: 'root' }, 'become', null, 'root', true],
    ['an expectation', { expect: { stdout: { max: 5 } } }, 'expect.stdout.max', null, '5', true],
    ['an exit code', { expect: { exit: [0, 3] } }, 'expect.exit', '0', '0, 3', true],
    ['a list', { foreach: ['x', 'y, z'] }, 'foreach', null, 'x, "y, z"', true],
    ['an undo', { undo: 'true' }, 'undo', 'echo no', 'true', true],
    ['a condition', { when: 'mode == "failover"' }, 'when', null, 'mode == "failover"', true],
    ['where a failure leads from stop', { onFailure: 'continue' }, 'onFailure', 'stop', 'continue', false],
    ['a point of no return', { pointOfNoReturn: true }, 'pointOfNoReturn', 'false', 'true', false],
    ['what a rehearsal does', { drill: 'skip' }, 'drill', null, 'skip', true],
  ])('says of %s what it was and is, and whether it voids the proof', (...[, changes, field, before, after, voidsEvidence]) => {
    const step = changed(changes);
    expect(step.fields.map(({ lines: _lines, ...rest }) => rest)).toEqual([{ field, before, after, voidsEvidence }]);
    expect(step.voidsEvidence).toBe(voidsEvidence);
  });

  it('holds a proof for void that leant on going on after a failure', () => {
    expect(changed({ onFailure: 'stop' }, { ...A, onFailure: 'warn' }).voidsEvidence).toBe(true);
  });

  it('tells of the parts of a request, and of what a rehearsal does instead', () => {
    const before = {
      id: 'x',
      title: 'X',
      http: { url: 'https://a.example/', headers: { Accept: 'text/plain' } },
      drill: { check: 'true', on: 'db' },
    };
    const step = changed({ http: { url: 'https://b.example/' }, drill: { check: 'false', on: 'db' }, title: 'Y' }, before);
    expect(step.fields.map(({ field }) => field)).toEqual(['action.headers.accept', 'action.url', 'drill.command', 'title']);
    expect(step.changesCommand).toBe(true);
  });

  it('holds messages and approvals for no part of the proof', () => {
    const say = { id: 'say', title: 'Say', notify: 'Begun.' };
    expect(changed({ notify: 'We have begun.' }, say)).toMatchObject({ changesCommand: true, voidsEvidence: false });
    expect(diff([A], [A, say])).toMatchObject({ voidsEvidence: false });
    expect(changed({ approve: { role: 'coordinator', count: 2 } }, { id: 'go', title: 'Go', approve: 'coordinator' }).voidsEvidence).toBe(false);
    expect(changed({ confirm: 'Call the desk twice.' }, C).voidsEvidence).toBe(true);
  });

  it.each<[string, Written, string, boolean]>([
    ['a title', { title: 'Other' }, 'title', false],
    ['an owner', { owner: 'somebody' }, 'owner', false],
    ['a review', { review: { every: '90d', last: '2026-10-01' } }, 'review.every', false],
    [
      'a host',
      { targets: { primary: { host: 'ledger-fra-2' }, standby: { labels: { role: 'ledger-db', site: 'munich' } } } },
      'targets.primary.hosts',
      true,
    ],
    [
      'a label',
      { targets: { primary: { host: 'ledger-fra-1' }, standby: { labels: { role: 'ledger-db', site: 'berlin' } } } },
      'targets.standby.labels.site',
      true,
    ],
    [
      'a clock',
      { clocks: { recovery: { from: 'lag', to: 'can-pay' }, 'read-only': { from: 'stop-writes', to: 'open-writes', objective: '3m' } } },
      'clocks.recovery.from',
      true,
    ],
    ['the level', { level: 'partial' }, 'level', true],
    ['a lock', { lock: ['ledger-dns'] }, 'locks', false],
  ])('says of %s of the head whether it voids the proof', (...[, changes, field, voidsEvidence]) => {
    const { head, steps } = diffRunbooks(valid(LEDGER), valid(ledger(changes)));
    expect(steps).toEqual([]);
    expect(head.map((change) => [change.field, change.voidsEvidence])).toEqual([[field === 'locks' ? 'lock' : field, voidsEvidence]]);
  });

  it('follows the text of a script, and of the canary', () => {
    const { steps } = diffRunbooks(valid(LEDGER), valid(LEDGER, new Map([...LEDGER_SCRIPTS, ['promote.sh', 'pg_ctlcluster 16 main promote\n']])));
    expect(steps.map(({ id, fields }) => [id, fields.map(({ field, lines }) => [field, lines?.length])])).toEqual([['promote', [['command', 3]]]]);
    const canary = {
      write: { on: 'primary', every: '1s', run: 'true' },
      read: { on: 'standby', run: 'true' },
      until: 'stop-writes',
      readAfter: 'promote',
    };
    const { head } = diffRunbooks(valid(LEDGER), valid(ledger({ canary })));
    expect(head.map(({ field, lines }) => [field, lines !== undefined])).toEqual([
      ['canary.read.run', true],
      ['canary.write.run', true],
    ]);
  });
});

describe('diffLines', () => {
  const line = fc.constantFrom('a', 'b', 'c');

  it('gives both texts back, and says of equal ones that all is the same', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (old, young) => {
        const changes = diffLines(old.join('\n'), young.join('\n'));
        const side = (left: string) =>
          changes
            .filter(({ type }) => type !== left)
            .map(({ text }) => text)
            .join('\n');
        expect(side('new')).toBe(old.join('\n'));
        expect(side('gone')).toBe(young.join('\n'));
      }),
    );
  });

  it('exchanges what is too long to be compared', () => {
    const [old, young] = ['a', 'b'].map((name) => Array.from({ length: 2_000 }, (_, index) => `${name}${index}`).join('\n'));
    expect(diffLines(`x\n${old}\ny`, `x\n${young}\ny`)).toHaveLength(4_002);
  });
});
