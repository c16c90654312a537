// What can be wrong in the kinds and keys beyond a command, with what is said about it.
import { describe, expect, it } from 'vitest';
import { parsed, sentence, small } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const RUN = { id: 'one', title: 'One', run: 'true', on: 'db' };
const SLEEP = { id: 'two', title: 'Two', sleep: '1s' };
const INPUTS = {
  word: { type: 'string' },
  token: { type: 'string', secret: true },
  box: { type: 'host' },
};

function step(changes: Written): Written {
  return small([{ ...RUN, ...changes }, SLEEP], { inputs: INPUTS });
}

/** A step of another kind. */
function body(changes: Written): Written {
  return small([{ id: 'one', title: 'One', ...changes }, SLEEP], { inputs: INPUTS });
}

function head(changes: Written): Written {
  return small([RUN, SLEEP], changes);
}

const GET = 'https://a.example/';

/** What is written, the code of its one problem, and a piece of what is said. */
const WRONG: readonly (readonly [string, Written, string, string])[] = [
  // What looks ahead or back.
  ['a jump to a step that does not exist', step({ onFailure: { goto: 'tow' } }), 'unknown-step', '`onFailure` of step `one` names the step `tow`'],
  ['a jump backwards', small([RUN, { ...RUN, id: 'two', onFailure: { goto: 'one' } }]), 'goto-not-forward', 'Name a step that needs `two`'],
  ['a jump to itself', step({ onFailure: { goto: 'one' } }), 'goto-not-forward', 'goes on at `one`, which does not need it.'],
  [
    'a jump to a step beside',
    small([
      { ...RUN, onFailure: { goto: 'two' } },
      { ...SLEEP, needs: [] },
    ]),
    'goto-not-forward',
    'which does not need it',
  ],
  [
    'a jump that is backwards in a rehearsal',
    small([
      { ...RUN, onFailure: { goto: 'two' }, drill: { run: 'true' } },
      { ...SLEEP, drill: { sleep: '1s', needs: [] } },
    ]),
    'goto-not-forward',
    'The rehearsal of step `one` goes on at `two`',
  ],
  ['a jump in words', step({ onFailure: 'goto' }), 'bad-value', '`onFailure` of step `one` cannot be `goto`.'],
  ['a jump of all steps', head({ defaults: { onFailure: 'goto' } }), 'bad-value', '`defaults.onFailure` cannot be `goto`.'],
  ['a rest since nothing', body({ sleep: { remainderOf: '1m', since: 'x' } }), 'unknown-step', '`sleep` of step `one` names the step `x`'],
  [
    'a rest since a step beside',
    small([RUN, { ...SLEEP, needs: [], sleep: { remainderOf: '1m', since: 'one' } }]),
    'since-not-before',
    'Make it need `one`.',
  ],
  ['a rest of what is no time', body({ sleep: { remainderOf: 'soon', since: 'two' } }), 'bad-duration', 'is neither a duration nor one value'],
  [
    'steps that need each other only in a rehearsal',
    small([
      { ...RUN, drill: { run: 'true', needs: ['two'] } },
      { ...SLEEP, needs: ['one'] },
    ]),
    'cycle',
    'In a rehearsal, steps need each other in a circle: `one` needs `two` needs `one`.',
  ],
  // Undo.
  ['an undo by a step that does not exist', step({ undo: { step: 'x' } }), 'unknown-step', '`undo` of step `one` names the step `x`'],
  ['an undo by itself', step({ undo: { step: 'one' } }), 'undo-step', 'is undone by itself'],
  ['an undo by a step that does nothing', step({ undo: { step: 'two' } }), 'undo-step', 'Name a step of kind `run`, `http` or `copy`.'],
  ['an undo that is the id of a step', step({ undo: 'two' }), 'undo-names-step', 'Write `undo: {step: two}`'],
  ['an undo by a step, always', step({ undo: { step: 'two', always: true } }), 'undo-always', 'Write `always: true` at step `two`'],
  ['an undo that is two things', step({ undo: { step: 'two', run: 'x' } }), 'several-of-one', 'Keep `run` or `step`.'],
  ['a request undone by a command', body({ http: GET, undo: 'true' }), 'bad-value', 'Write `{step: id}`.'],
  // Values in texts.
  ['a value that does not exist', body({ notify: 'Hello ${wrd}.' }), 'unknown-variable', 'Did you mean `word`?'],
  ['an item without a list', body({ check: { http: `${GET}\${item}` } }), 'unknown-variable', 'It is there only with `foreach`.'],
  ['a value with a capital', body({ confirm: 'Call ${Word}.' }), 'bad-place', 'Write `${name}` with small letters'],
  ['a value that is not closed', body({ http: { url: GET, method: 'POST', body: { a: ['${word'] } } }), 'bad-place', 'or `$${` for the characters'],
  ['a value in a message of an approval', body({ approve: { instruction: '${x}' } }), 'unknown-variable', '`${x}`'],
  ['a value given to another runbook', body({ call: { runbook: 'other', with: { a: '${x}' } } }), 'unknown-variable', '`${x}`'],
  ['a value in a header', body({ http: { url: GET, headers: { a: '${x}' } } }), 'unknown-variable', '`${x}`'],
  ['a value in a path', step({ run: undefined, copy: { from: '/var/${x}' } }), 'unknown-variable', '`${x}`'],
  ['a value in a name', body({ check: { dns: { name: '${x}' } } }), 'unknown-variable', '`${x}`'],
  ['a value in an address', body({ check: { tcp: '${x}:1' } }), 'unknown-variable', '`${x}`'],
  [
    'a host that is asked for as text',
    head({ inputs: INPUTS, targets: { db: { host: '${word}' } } }),
    'unknown-variable',
    'Write `type: host` at the input.',
  ],
  ['a host that nobody asks for', head({ inputs: INPUTS, targets: { db: { hosts: ['${bx}'] } } }), 'unknown-variable', 'Did you mean `box`?'],
  // Secrets.
  ['a secret in a message', body({ notify: '${token}' }), 'secret-shown', 'shows the secret `token` to people'],
  ['a secret in a condition', step({ when: 'inputs.token == "x"' }), 'secret-shown', 'judges the secret `token`'],
  ['a secret as a list', step({ foreach: { input: 'token' } }), 'secret-shown', 'would show the secret `token` as rows'],
  ['a secret with a default', head({ inputs: { a: { type: 'string', secret: true, default: 'x' } } }), 'secret-default', 'which everybody can read'],
  ['a secret number', head({ inputs: { a: { type: 'number', secret: true } } }), 'secret-type', 'Write `type: string`'],
  // Conditions.
  ['a condition that cannot be read', step({ when: 'mode = "x"' }), 'bad-when', 'The condition of step `one` cannot be read'],
  ['a condition that is none', step({ when: '1 + 1' }), 'bad-when', 'gives int, not true or false'],
  ['a condition on a step that does not exist', step({ when: 'steps["twoo"].state == "x"' }), 'when-unknown-name', 'Did you mean `two`?'],
  ['a condition on an input that does not exist', step({ when: 'inputs.wrd == "x"' }), 'when-unknown-name', 'Did you mean `word`?'],
  ['a condition on a value that nothing captures', step({ when: 'has(values.lag)' }), 'when-unknown-name', 'There are none.'],
  ['a condition that compares text with a number', step({ when: 'inputs.word > 5' }), 'bad-when', 'cannot be judged: no such overload: string > int'],
  ['a condition that is a text', step({ when: 'inputs.word' }), 'bad-when', 'gives string, not true or false'],
  // Lists, rows, accounts.
  ['a list from an input that does not exist', step({ foreach: { input: 'words' } }), 'unknown-input', 'Did you mean `word`?'],
  ['an empty list', step({ foreach: [] }), 'bad-value', '`foreach` of step `one` is empty.'],
  ['a batch of nothing', step({ batch: 0 }), 'bad-value', 'is neither a count nor a share'],
  ['a batch of more than all', step({ batch: '101%' }), 'bad-value', 'is neither a count nor a share'],
  ['an order that is none', step({ order: 'rand' }), 'bad-value', '`order` of step `one` cannot be `rand`.'],
  ['a shell that is none', step({ shell: 'python' }), 'bad-shell', 'is not a shell'],
  ['an account that is none', step({ become: 'Root' }), 'bad-account', 'is not the name of an account'],
  ['a path for programs', step({ env: { PATH: '/tmp' } }), 'bad-variable-name', '`PATH` in `env` of step `one` cannot be set'],
  ['a library for programs', step({ env: { LD_PRELOAD: 'x' } }), 'bad-variable-name', 'cannot be set'],
  // Looks and requests.
  ['a check on hosts without a command', body({ check: { http: GET }, on: 'db' }), 'key-of-another-kind', 'it runs no command on hosts'],
  ['a check of two things', body({ check: { http: GET, tcp: 'a:1' } }), 'several-of-one', 'Keep `http` or `tcp`.'],
  ['a check of a command without a target', body({ check: { run: 'true' } }), 'missing-key', 'Step `one` has no `on`.'],
  ['a status of a command', step({ check: 'true', run: undefined, expect: { status: 200 } }), 'expect-nothing', 'a command has an exit code'],
  ['an exit code of a request', body({ check: { http: GET }, expect: { exit: 0 } }), 'expect-nothing', 'a request has a status and a body'],
  [
    'output of a connection',
    body({ check: { tcp: 'a:1' }, expect: { stdout: { min: 1 } } }),
    'expect-nothing',
    'nothing but that it could be opened',
  ],
  ['a body twice', body({ http: GET, expect: { body: { min: 1 }, stdout: { min: 1 } } }), 'several-of-one', 'Keep `body`.'],
  ['a header of a command', step({ capture: { a: { header: 'x' } } }), 'capture-nothing', 'only a request has headers'],
  ['a value of a connection', body({ check: { tcp: 'a:1' }, capture: { a: 'stdout' } }), 'capture-nothing', 'Remove it.'],
  ['error output of a request', body({ http: GET, capture: { a: 'stderr' } }), 'capture-nothing', 'only a command has that'],
  ['a value from two places', step({ capture: { a: { json: '$.a', from: 'stdout' } } }), 'several-of-one', 'Keep `from` or `json`.'],
  ['a JSONPath that is none', step({ expect: { stdout: { json: '$.[' } } }), 'bad-json-path', 'is not a JSONPath'],
  ['a port that does not exist', body({ check: { tcp: 'a:65536' } }), 'bad-address', 'is not a host and a port'],
  ['a record that does not exist', body({ check: { dns: { name: 'a', type: 'AA' } } }), 'bad-value', 'Did you mean `A`?'],
  ['a URL of another kind', body({ http: 'ftp://a' }), 'bad-url', 'Write `https://…`'],
  ['a URL that is none', body({ http: 'https://a:b:c/' }), 'bad-url', 'is no address'],
  ['a password in a URL', body({ http: 'https://a:b@c.example' }), 'bad-url', 'has a user or password in its address'],
  ['a header of the connection', body({ http: { url: GET, headers: { Host: 'x' } } }), 'header-not-allowed', 'the app sets itself'],
  ['a header twice', body({ http: { url: GET, headers: { a: 'x', A: 'y' } } }), 'duplicate-key', 'sets the header `a` twice'],
  ['a header in two lines', body({ http: { url: GET, headers: { a: 'x\ny: z' } } }), 'bad-value', 'holds a line end'],
  ['a body of a look', body({ http: { url: GET, body: 'x' } }), 'body-not-allowed', 'sends a body with GET'],
  [
    'a repeated request that changes something',
    body({ http: { url: GET, method: 'POST' }, retry: { attempts: 2 } }),
    'retry-of-action',
    'Add `idempotent: true`',
  ],
  // Files, calls, messages, rehearsals.
  ['a file that goes nowhere', step({ run: undefined, copy: { file: 'a.sh' } }), 'missing-key', '`copy` of step `one` has no `to`.'],
  [
    'a file that is not there',
    step({ run: undefined, copy: { file: 'a.sh', to: '/a' } }),
    'script-missing',
    'The file `a.sh` is not beside the runbook.',
  ],
  [
    'a file that comes and goes',
    step({ run: undefined, copy: { file: 'promote.sh', to: '/a', from: '/b' } }),
    'several-of-one',
    'Keep `file` or `from`.',
  ],
  ['a file to a folder', step({ run: undefined, copy: { file: 'promote.sh', to: '/etc/' } }), 'bad-path', 'is not the path of a file'],
  ['access rights as a number', step({ run: undefined, copy: { file: 'promote.sh', to: '/a', mode: 644 } }), 'bad-value', "'0644'"],
  ['a call of itself', body({ call: 'small' }), 'call-circle', 'calls its own runbook'],
  ['a call that warns', body({ call: 'other', onFailure: 'warn' }), 'bad-value', '`onFailure` of step `one` cannot be `warn`.'],
  ['a call that is always made', body({ call: 'other', always: true }), 'key-of-another-kind', 'cannot have `always`'],
  ['a message without words', body({ notify: { channel: 'a' } }), 'missing-key', '`notify` of step `one` has no `message`.'],
  ['a rehearsal of nothing', step({ drill: {} }), 'no-kind', '`drill` of step `one` does nothing.'],
  ['a rehearsal of two things', step({ drill: { run: 'a', sleep: '1s' } }), 'several-kinds', 'has `run` and `sleep`'],
  ['a rehearsal with an id', step({ drill: { run: 'a', id: 'x' } }), 'key-of-another-kind', '`drill` of step `one` cannot have `id`'],
  ['a rehearsal of another word', step({ drill: 'skipp' }), 'bad-value', 'Did you mean `skip`?'],
  ['a rehearsal without a target', body({ sleep: '1s', drill: { run: 'true' } }), 'missing-key', 'The rehearsal of step `one` has no `on`.'],
  ['a rehearsal that needs nothing known', step({ drill: { run: 'a', needs: ['x'] } }), 'unknown-step', '`needs` of the rehearsal of step `one`'],
  ['a rehearsal on an unknown target', step({ drill: { run: 'a', on: 'dbb' } }), 'unknown-target', 'Did you mean `db`?'],
  ['a local target in other words', head({ targets: { db: 'here' } }), 'bad-value', '`targets.db`: `here` is not a target.'],
  ['a name that commands know already', head({ inputs: { item: { type: 'string' } } }), 'bad-variable-name', 'cannot be the name of a variable'],
];

describe('parseRunbook', () => {
  it.each(WRONG)('refuses %s', (_, written, ...[code, said]) => {
    const { runbook, problems } = parsed(written);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems.map(sentence).join('\n')).toContain(said);
    expect(runbook).toBeNull();
  });
});
