// What a written runbook means: kinds, defaults, and the places that problems are reported at.
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { LEDGER, NO_SCRIPTS, ledger, parsed, sentence, small, valid } from './written-runbook.ts';

const STEP = { id: 'one', title: 'One', run: 'true', on: 'db' };

describe('a runbook that is right', () => {
  it('has every default filled in and every duration in milliseconds', () => {
    const runbook = valid(LEDGER);
    expect(runbook).toMatchObject({
      key: 'ledger-failover',
      review: { everyMs: 180 * 86_400_000, lastAt: Date.UTC(2026, 9, 1) },
      clocks: [
        { name: 'read-only', from: 'stop-writes', to: 'open-writes', objectiveMs: 180_000 },
        { name: 'recovery', from: 'stop-writes', to: 'can-pay', objectiveMs: null },
      ],
      canary: { write: { on: 'primary', everyMs: 1_000 }, read: { on: 'standby' }, until: 'stop-writes', readAfter: 'promote' },
      targets: [
        { name: 'primary', by: 'hosts', hosts: ['ledger-fra-1'] },
        { name: 'standby', by: 'labels', labels: { role: 'ledger-db', site: 'munich' } },
      ],
    });
    expect(runbook.inputs.map(({ name, isRequired, default: fallback, ask }) => [name, isRequired, fallback, ask])).toEqual([
      ['change', true, null, 'Change ticket'],
      ['site', false, 'munich', 'site'],
    ]);
    expect(runbook.steps.map(({ kind }) => kind)).toEqual(['check', 'run', 'confirm', 'run', 'wait', 'sleep', 'check']);
    expect(runbook.steps[0]).toMatchObject({
      needs: [],
      timeoutMs: 180_000,
      retry: { attempts: 2, everyMs: 10_000, backoff: 2 },
      expect: { exitCodes: [0], stdout: { max: 5, min: null, matches: null, equals: null }, stderr: null },
      captures: [{ name: 'lag', from: 'stdout', pattern: String.raw`(\d+)` }],
      isReadOnly: true,
    });
    expect(runbook.steps[3]).toMatchObject({ command: 'pg_ctlcluster 15 main promote\n', isPointOfNoReturn: true, undo: null });
    expect(runbook.steps[4]).toMatchObject({ timeoutMs: 60_000, everyMs: 1_000, stable: 2, retry: { attempts: 1 } });
  });

  it('lets a step need the one above, nothing when it is the first, and what it names otherwise', () => {
    expect(valid(LEDGER).steps.map(({ needs }) => needs)).toEqual([
      [],
      ['lag'],
      ['stop-writes'],
      ['go'],
      ['promote'],
      ['promote'],
      ['open-writes', 'settle'],
    ]);
  });

  it.each([
    ['an action', { ...STEP }, { attempts: 1, everyMs: 0, backoff: 1 }],
    ['an idempotent action', { ...STEP, idempotent: true }, { attempts: 4, everyMs: 5_000, backoff: 1 }],
    ['a read-only command', { ...STEP, readOnly: true }, { attempts: 4, everyMs: 5_000, backoff: 1 }],
    ['an action with its own', { ...STEP, idempotent: true, retry: { attempts: 2, every: '1s' } }, { attempts: 2, everyMs: 1_000, backoff: 1 }],
  ])('gives the default retry only to what may run twice: %s', (_, step, retry) => {
    expect(valid(small([step], { defaults: { retry: { attempts: 4 } } })).steps[0]?.retry).toEqual(retry);
  });

  it('takes onFailure from the step, then from the defaults, then stop', () => {
    const steps = [STEP, { ...STEP, id: 'two', onFailure: 'continue' }];
    expect(valid(small(steps, { defaults: { onFailure: 'warn' } })).steps.map(({ onFailure }) => onFailure)).toEqual(['warn', 'continue']);
    expect(valid(small(steps)).steps.map(({ onFailure }) => onFailure)).toEqual(['stop', 'continue']);
  });

  it('marks checks and waits as read-only, and an action only when it says so', () => {
    const steps = [STEP, { ...STEP, id: 'two', readOnly: true }];
    const looks = [
      { id: 'three', title: 'Three', check: 'true', on: 'db' },
      { id: 'four', title: 'Four', wait: { script: 'wait.sh' }, on: 'db' },
    ];
    const runbook = valid(small([...steps, ...looks]), new Map([['wait.sh', 'true\r\n']]));
    expect(runbook.steps.map((step) => 'isReadOnly' in step && step.isReadOnly)).toEqual([false, true, true, true]);
    expect(runbook.steps[3]).toMatchObject({ command: 'true\n', everyMs: 2_000, stable: 1 });
  });

  it('leaves shell text alone, whatever it holds', () => {
    // oxlint-disable-next-line no-template-curly-in-string -- the shell's own
    const command = 'echo "${HOME:-none}" `id` $((1+1))\n\tcat <<-EOF\n\t\tx\n\tEOF\n';
    expect(valid(small([{ ...STEP, run: command }])).steps[0]).toMatchObject({ command });
  });

  it('accepts the keys of Object.prototype as names', () => {
    const steps = [{ ...STEP, id: 'constructor', capture: { constructor: 'stdout', valueof: 'stderr' } }];
    const runbook = valid(small(steps, { inputs: { hasownproperty: { type: 'string' } }, clocks: { constructor: { to: 'constructor' } } }));
    expect(runbook.steps[0]).toMatchObject({ captures: [{ name: 'constructor' }, { name: 'valueof' }] });
  });
});

describe('a problem', () => {
  it('names the file, the line and the column of what is wrong', () => {
    const text =
      'runbook: small\ntitle: Small\nservices: [a]\nscenario: x\nlevel: full\nsteps:\n  - id: one\n    title: One\n    sleep: 1s\n    needs: [two]\n';
    const { problems, runbook } = parseRunbook(text, 'small/runbook.yaml', NO_SCRIPTS);
    expect(runbook).toBeNull();
    expect(problems).toEqual([
      {
        code: 'unknown-step',
        severity: 'error',
        message: '`needs` of step `one` names the step `two`, which does not exist.',
        remedy: 'The steps are `one`.',
        file: 'small/runbook.yaml',
        line: 10,
        column: 13,
      },
    ]);
  });

  it('points at the key when the key is at fault, with Windows line ends as well', () => {
    const text =
      'runbook: small\r\ntitle: Small\r\nservices: [a]\r\nscenario: x\r\nlevel: full\r\nsteps:\r\n  - id: one\r\n    title: One\r\n    sleep: 1s\r\n    neds: []\r\n';
    const [problem] = parseRunbook(text, 'r', NO_SCRIPTS).problems;
    expect(problem).toMatchObject({ code: 'unknown-key', line: 10, column: 5, remedy: 'Did you mean `needs`?' });
  });

  it('is reported with all others of its stage, in the order of the file', () => {
    const { problems } = parsed(ledger({ level: 'ful', clocks: { recovery: { from: 'lag' } }, stepz: [] }));
    expect(problems.map(({ code }) => code)).toEqual(['bad-value', 'missing-key', 'unknown-key']);
    expect(problems.map(({ line }) => line)).toEqual(problems.map(({ line }) => line).toSorted((a, b) => Number(a) - Number(b)));
  });

  it('has a remedy, whatever it is', () => {
    const { problems } = parsed({ runbook: 5, steps: [{}, 7, { id: 'x', title: 'x', run: '', wait: {} }], inputs: [] });
    expect(problems.length).toBeGreaterThan(5);
    for (const problem of problems) expect(sentence(problem)).toMatch(/^\d+:\d+ [a-z-]+ .*\. .*[.?]$/);
  });
});
