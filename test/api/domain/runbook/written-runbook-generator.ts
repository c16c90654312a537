// Valid runbooks of every shape, for property tests: all kinds of steps, all keys, references that hold.
import * as fc from 'fast-check';
import { INPUT_TYPES, PHASES, STEP_KINDS } from '../../../../api/domain/runbook/runbook.ts';
import type { StepKind } from '../../../../api/domain/runbook/runbook.ts';
import {
  text,
  duration,
  flag,
  key,
  template,
  some,
  textExpectation,
  commandExpect,
  requestExpect,
  retry,
  foreach,
  captures,
  WRITTEN_CAPTURES,
  REQUEST_CAPTURES,
  spread,
  shell,
  request,
  tcp,
  dns,
  command,
  commandBody,
  on,
  undo,
} from './written-runbook-values.ts';
import type { Written } from './written-runbook.ts';

/** The files beside a generated runbook. */
export const GENERATED_FILES: ReadonlyMap<string, string> = new Map([
  ['a.sh', 'true\n'],
  ['conf/x.conf', 'port = 1\n'],
]);

interface Place {
  /** Names of captured values begin with it. */
  readonly prefix: string;
  /** Id of the step before, that this one needs when it must. */
  readonly before: string | null;
}

const effects = { expires: duration, readOnly: flag, pointOfNoReturn: flag, idempotent: fc.constant(true), retry };

/** A body of the kind with its keys. */
function bodyOf(kind: StepKind, place: Place): fc.Arbitrary<Written> {
  switch (kind) {
    case 'run':
      return some(
        {
          run: command,
          on,
          ...spread,
          ...shell,
          timeout: duration,
          expect: commandExpect,
          capture: captures(place.prefix, WRITTEN_CAPTURES),
          undo,
          ...effects,
        },
        'run',
        'on',
        'idempotent',
      );
    case 'check':
      return lookOf('check', place);
    case 'wait':
      return lookOf('wait', place);
    case 'http':
      return some(
        {
          http: request,
          foreach,
          timeout: duration,
          expect: requestExpect,
          capture: captures(place.prefix, REQUEST_CAPTURES),
          undo: fc.constant({ step: 'revert' }),
          ...effects,
        },
        'http',
        'idempotent',
      );
    case 'copy':
      return some(
        {
          copy: fc.constantFrom<Written>(
            {
              file: 'conf/x.conf',
              to: '/etc/x',
            },
            {
              file: 'a.sh',
              to: '/srv/${word}/a.sh',
              mode: '0755',
            },
            { from: '/var/log/${number}.log' },
          ),
          on,
          ...spread,
          timeout: duration,
          retry,
          idempotent: fc.constant(true),
          undo,
          pointOfNoReturn: flag,
        },
        'copy',
        'on',
      );
    case 'confirm':
      return some(
        {
          confirm: fc.oneof(template, some({ instruction: template, role: text, expected: duration, evidence: text }, 'instruction')),
          timeout: duration,
        },
        'confirm',
      );
    case 'approve': {
      const long = some({ role: text, count: fc.integer({ min: 1, max: 20 }), instruction: template }).filter((body) => Object.keys(body).length > 0);
      return some({ approve: fc.oneof(text, long), timeout: duration }, 'approve');
    }
    case 'sleep': {
      const { before } = place;
      if (before === null) return some({ sleep: duration }, 'sleep');
      const rest = fc.constantFrom('10s', '${number}').map((remainderOf) => ({ sleep: { remainderOf, since: before }, needs: [before] }));
      return fc.oneof(some({ sleep: duration }, 'sleep'), rest);
    }
    case 'call': {
      const values = fc.constantFrom({}, { a: 'x ${word}', b: 3, c: false });
      const call = fc.oneof(fc.constant('other'), some({ runbook: fc.constant('other'), with: values }, 'runbook'));
      return some({ call, onFailure: fc.constantFrom('stop', 'continue', 'ask', 'undo') }, 'call', 'onFailure');
    }
    case 'notify':
      return some({ notify: fc.oneof(template, some({ channel: key, message: template }, 'channel', 'message')), timeout: duration }, 'notify');
  }
}

function lookOf(kind: 'check' | 'wait', { prefix }: Place): fc.Arbitrary<Written> {
  const repeated: Readonly<Record<string, fc.Arbitrary<unknown>>> =
    kind === 'wait'
      ? { every: duration, stable: fc.integer({ min: 1, max: 9 }), attempts: fc.integer({ min: 1, max: 9 }), steady: fc.constant('10%') }
      : {};
  const more = some(repeated);
  const body = (look: fc.Arbitrary<Written>): fc.Arbitrary<Written> => fc.tuple(look, more).map(([own, extra]) => ({ ...own, ...extra }));
  const common = { timeout: duration, retry, foreach };
  const ofCommand = kind === 'check' ? fc.oneof(text, commandBody) : body(commandBody);
  return fc.oneof(
    some({ [kind]: ofCommand, on, ...spread, ...shell, ...common, expect: commandExpect, capture: captures(prefix, WRITTEN_CAPTURES) }, kind, 'on'),
    some({ [kind]: body(some({ http: request }, 'http')), ...common, expect: requestExpect, capture: captures(prefix, REQUEST_CAPTURES) }, kind),
    some({ [kind]: body(some({ tcp }, 'tcp')), ...common }, kind),
    some({ [kind]: body(some({ dns }, 'dns')), ...common, expect: some({ stdout: textExpectation }), capture: captures(prefix, ['stdout']) }, kind),
  );
}

const when = fc.constantFrom(
  'mode == "failover"',
  'inputs.word == "a" || inputs.number > 5',
  'steps["s0"].state in ["passed", "warned"]',
  'has(values.first) && values.first.startsWith("x")',
);
const easyFailure = fc.constantFrom('stop', 'continue', 'warn', 'ask', 'undo');

function sharedKeys(earlier: readonly string[]) {
  return { needs: fc.subarray([...earlier]), when, estimate: duration, onFailure: easyFailure, note: text };
}

function stepAt(index: number): fc.Arbitrary<Written> {
  const earlier = Array.from({ length: index }, (_, before) => `s${before}`);
  const before = earlier.at(-1) ?? null;
  const common = some(
    {
      id: fc.constant(`s${index}`),
      title: text,
      ...sharedKeys(earlier),
      phase: fc.constantFrom(...PHASES),
      optional: flag,
      always: flag,
      tags: fc.uniqueArray(key, { maxLength: 3 }),
    },
    'id',
    'title',
  );
  const anyKind = (prefix: string): fc.Arbitrary<Written> => fc.constantFrom(...STEP_KINDS).chain((kind) => bodyOf(kind, { prefix, before }));
  // What a variant takes over from its step must suit its kind, so it says itself what a failure does.
  const variant = fc
    .tuple(some({ title: text, ...sharedKeys(earlier) }, 'onFailure'), anyKind(`d${index}_`))
    .map(([own, body]): Written => ({ on: undefined, ...own, ...body }));
  const drill = fc.option(fc.oneof(fc.constant('skip'), variant), { nil: undefined, freq: 2 });
  return fc
    .tuple(common, anyKind(`c${index}_`), drill)
    .map(([own, body, rehearsal]) => withoutUndefined({ ...own, ...body, ...('call' in body ? { always: undefined } : {}), drill: rehearsal }));
}

function withoutUndefined(written: Written): Written {
  const kept = Object.entries(written).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'drill' && typeof value === 'object' ? withoutUndefined(Object(value)) : value]),
  );
}

const input = fc
  .constantFrom(...INPUT_TYPES)
  .map((type): Written => (type === 'choice' ? { type, choices: ['a', 'b'], default: 'b' } : { type, ask: 'What?' }));

const head = some(
  {
    runbook: fc.constant('generated'),
    title: text,
    summary: text,
    services: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
    scenario: key,
    level: fc.constantFrom('tabletop', 'dry-run', 'partial', 'full'),
    owner: text,
    review: some({ every: duration, last: fc.constant('2026-10-01') }, 'every'),
    defaults: some({ timeout: duration, retry, user: fc.constant('ops'), become: fc.constant('root'), onFailure: easyFailure }),
    clocks: fc.constantFrom({}, { recovery: { to: 's0' } }, { recovery: { from: 's0', to: 'first' }, 'read-only': { to: 's0', objective: '3m' } }),
    lock: fc.uniqueArray(key, { maxLength: 2 }),
    canary: fc.record({
      write: fc.tuple(commandBody, duration).map(([body, every]) => ({ ...body, on: 'db', every })),
      read: commandBody.map((body) => ({ ...body, on: 'db' })),
      until: fc.constant('s0'),
      readAfter: fc.constant('s0'),
    }),
  },
  'runbook',
  'title',
  'services',
  'scenario',
  'level',
);

/** A valid runbook; `GENERATED_FILES` stand beside it. */
export const generatedRunbook: fc.Arbitrary<Written> = fc
  .tuple(
    head,
    input,
    fc.integer({ min: 1, max: 5 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => stepAt(index)))),
    flag,
  )
  .map(([own, other, steps, goesOn]) => ({
    ...own,
    inputs: {
      word: { type: 'string', default: 'w' },
      number: { type: 'number', required: true },
      token: { type: 'string', secret: true },
      host: { type: 'host' },
      other,
    },
    targets: { db: { host: 'db-1' }, here: 'local', labelled: { labels: { role: 'db' } }, more: { hosts: ['a', '${host}'] }, own: { local: true } },
    steps: [
      // The value that conditions ask for, and a step that others are undone by and go on at.
      {
        id: 'first',
        title: 'First',
        run: 'echo x',
        on: 'db',
        readOnly: true,
        capture: { first: 'stdout' },
        ...(goesOn ? { onFailure: { goto: 'revert' } } : {}),
      },
      ...steps,
      { id: 'revert', title: 'Revert', run: 'true', on: 'more', always: true, needs: ['first'] },
    ],
  }));
