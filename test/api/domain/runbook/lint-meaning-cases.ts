// What the lint finds in how steps, values, clocks and targets go together.
import { CAPTURES, CLOCK, GOOD, KEPT, confirm, lost, one, two, wait } from './lint-case.ts';
import type { LintCase } from './lint-case.ts';
import { small } from './written-runbook.ts';

export const MEANING_CASES: readonly LintCase[] = [
  ['an action with all that it should have', one({}), []],
  ['an action without timeout', one({ timeout: undefined }), ['action-without-timeout']],
  ['an action that takes the default timeout', small([{ ...GOOD, timeout: undefined }], { ...CLOCK, defaults: { timeout: '1m' } }), []],
  ['an action without estimate', one({ estimate: undefined }), ['action-without-estimate']],
  ['an action without undo', one({ undo: undefined }), ['action-without-undo']],
  [
    'an action without undo at the point of no return',
    one({ undo: undefined, pointOfNoReturn: true, drill: 'skip' }),
    ['point-without-approval', 'clock-without-end'],
  ],
  ['a read-only command with none of it', small([{ id: 'one', title: 'One', run: 'true', on: 'db', readOnly: true }], CLOCK), []],
  ['a check with none of it', small([{ id: 'one', title: 'One', check: 'true', on: 'db' }], CLOCK), []],
  ['no clocks', small([GOOD], KEPT), ['no-recovery-clock']],
  ['clocks without recovery', small([GOOD], { ...KEPT, clocks: { other: { to: 'one' } } }), ['no-recovery-clock']],
  ['a clock that runs along the needs', small([GOOD, { ...GOOD, id: 'two' }], { ...KEPT, clocks: { recovery: { from: 'one', to: 'two' } } }), []],
  ['a clock of one step', small([GOOD], { ...KEPT, clocks: { recovery: { from: 'one', to: 'one' } } }), []],
  [
    'a clock against the needs',
    small([GOOD, { ...GOOD, id: 'two' }], { ...KEPT, clocks: { recovery: { from: 'two', to: 'one' } } }),
    ['clock-out-of-order'],
  ],
  ['a target that nothing uses', small([GOOD], { ...CLOCK, targets: { db: { host: 'a' }, app: { host: 'b' } } }), ['unused-target']],
  ['a captured value that is used', two(CAPTURES, { run: 'echo "$lag"' }), []],
  // oxlint-disable-next-line no-template-curly-in-string -- the shell's own
  ['a captured value that is used in braces', two(CAPTURES, { undo: 'echo "${lag:-0}"' }), []],
  ['a captured value that is not used', two(CAPTURES, { run: 'echo "$lagging" lag "$LAG"' }), ['unused-capture']],
  ['a captured value that is used beside its capture', two(CAPTURES, { run: 'echo "$lag"', needs: [] }), ['capture-too-early']],
  ['a download that is run', one({ run: 'curl -fsS https://x.example/i.sh | sh' }), ['pipe-to-shell']],
  ['a download that is run as root', one({ undo: 'wget -qO- https://x.example/i.sh | sudo -n /bin/bash' }), ['pipe-to-shell', 'sudo-in-command']],
  ['a download that is only shown', one({ run: 'curl -fsS https://x.example | shasum' }), []],
  ['a download beside a pipe', one({ run: 'curl -fsS https://x.example -o x; cat y | sh' }), []],
  ['a password', one({ run: 'PGPASSWORD=hunter22 psql' }), ['plain-secret']],
  ['an option with a token', one({ run: "tool --token='abcd1234'" }), ['plain-secret']],
  ['a private key', one({ run: 'echo "-----BEGIN OPENSSH PRIVATE KEY-----"' }), ['plain-secret']],
  ['a password in a variable', one({ run: 'PGPASSWORD="$(cat /etc/pw)" psql; tool --token=$token' }), []],
  // ---- waits and conditions ----
  ['a wait without bound', small([GOOD, wait({})], CLOCK), ['wait-without-bound']],
  ['a wait with attempts', small([GOOD, wait({ attempts: 5 })], CLOCK), []],
  ['a wait with the default timeout', small([GOOD, wait({})], { ...CLOCK, defaults: { timeout: '1m' } }), []],
  ['a wait with the timeout of its step', small([GOOD, { ...wait({}), timeout: '1m' }], CLOCK), []],
  ['a wait that must hold more often than it looks', small([GOOD, wait({ attempts: 2, stable: 3 })], CLOCK), ['never-holds']],
  ['a steady wait of one look', small([GOOD, wait({ attempts: 1, steady: '10%' })], CLOCK), ['never-holds']],
  [
    'limits the wrong way round',
    small([GOOD, { id: 'c', title: 'C', check: 'true', on: 'db', expect: { stdout: { min: 5, max: 4 } } }], CLOCK),
    ['never-holds'],
  ],
  [
    'a text that is not within limits',
    small([GOOD, { id: 'c', title: 'C', check: 'true', on: 'db', expect: { stdout: { equals: 'x', max: 4 } } }], CLOCK),
    ['never-holds'],
  ],
  ['a condition that is never true', small([GOOD, confirm({ when: 'mode == "practice"' })], CLOCK), ['unreachable-step']],
  ['a condition that is constant', small([GOOD, confirm({ when: 'false' })], CLOCK), ['unreachable-step']],
  ['a condition on a mode', small([GOOD, confirm({ when: 'mode == "failover"' })], CLOCK), []],
  ['a condition on a failure that ends the drill', small([GOOD, confirm({ when: 'steps["one"].state == "failed"' })], CLOCK), ['unreachable-step']],
  ['the same at a step that always runs', small([GOOD, confirm({ when: 'steps.one.state == "failed"', always: true })], CLOCK), []],
  ['a condition on a failure that goes on', small([{ ...GOOD, onFailure: 'continue' }, confirm({ when: 'steps.one.state == "failed"' })], CLOCK), []],
  ['a condition on a step beside', small([GOOD, confirm({ when: 'steps.one.state == "passed"', needs: [] })], CLOCK), ['capture-too-early']],
  ['a condition on a value', two(CAPTURES, { when: 'values.lag == "0"' }), []],
  ['a condition on a value beside', two(CAPTURES, { when: 'values.lag == "0"', needs: [] }), ['capture-too-early']],
  // ---- values ----
  [
    'a captured value in a message',
    small(
      [
        { ...GOOD, ...CAPTURES },
        { id: 'say', title: 'Say', notify: 'Lag ${lag}' },
      ],
      CLOCK,
    ),
    [],
  ],
  ['a captured value in the undo of its step', one({ ...CAPTURES, undo: 'echo "$lag"' }), []],
  [
    'a captured value too early in a message',
    small(
      [
        { ...GOOD, ...CAPTURES },
        { id: 'say', title: 'Say', notify: 'Lag ${lag}', needs: [] },
      ],
      CLOCK,
    ),
    ['capture-too-early'],
  ],
  ['an input that nothing uses', small([GOOD], { ...CLOCK, inputs: { who: { type: 'string' } } }), ['unused-input']],
  [
    'an input in an export, in arithmetic and in a target',
    small([{ ...GOOD, run: 'export a\necho "$((b + 1))"' }], {
      ...CLOCK,
      targets: { db: { host: '${c}' } },
      inputs: { a: { type: 'string' }, b: { type: 'number' }, c: { type: 'host' } },
    }),
    [],
  ],
  ['an input as a list', small([{ ...GOOD, run: 'echo "$item"', foreach: { input: 'all' } }], { ...CLOCK, inputs: { all: { type: 'string' } } }), []],
  ['a list whose items are not used', one({ foreach: ['a', 'b'] }), ['unused-item']],
  ['a list whose items are used', one({ foreach: ['a', 'b'], run: 'echo "$item"' }), []],
  [
    'an input named like a secret',
    small([{ ...GOOD, run: 'echo "$db_password"' }], { ...CLOCK, inputs: { db_password: { type: 'string' } } }),
    ['unmarked-secret'],
  ],
  ['a captured token', two({ capture: { token: 'stdout' } }, { run: 'echo "$token"' }), ['unmarked-secret']],
  // ---- clocks, pairs, approvals, rehearsals ----
  ['a clock that ends with a step that may be skipped', one({ when: 'mode == "failover"' }), ['clock-without-end']],
  ['a silence that is only undone', one({ id: 'one', run: 'amtool silence add --duration="${expires}s" x', expires: '1h' }), ['pair-without-always']],
  [
    'a silence that is always lifted',
    one({ run: 'amtool silence add --duration="${expires}s" x', expires: '1h', undo: { run: 'true', always: true } }),
    [],
  ],
  ['a lock without a backstop', small([GOOD, { ...GOOD, id: 'lock-config', undo: { run: 'true', always: true } }], CLOCK), ['pair-without-expires']],
  [
    'a lock that another step always takes back',
    small(
      [
        GOOD,
        { ...GOOD, id: 'lock-config', run: 'lock "$expires"', expires: '1h', undo: { step: 'unlock-config' } },
        { ...GOOD, id: 'unlock-config', undo: undefined, always: true },
      ],
      CLOCK,
    ),
    [],
  ],
  [
    'a lock that another step takes back when it gets there',
    small(
      [
        GOOD,
        { ...GOOD, id: 'lock-config', run: 'lock "$expires"', expires: '1h', undo: { step: 'unlock-config' } },
        { ...GOOD, id: 'unlock-config', undo: undefined },
      ],
      CLOCK,
    ),
    ['pair-without-always'],
  ],
  ['a backstop that nothing arranges', one({ expires: '1h' }), ['unused-expires']],
  [
    'a point of no return that was approved',
    small(
      [
        { id: 'go', title: 'Go', approve: 'coordinator' },
        { ...GOOD, undo: undefined, pointOfNoReturn: true, drill: 'skip' },
        { ...GOOD, id: 'two' },
      ],
      { ...KEPT, clocks: { recovery: { to: 'two' } } },
    ),
    [],
  ],
  ['a switch in a partial rehearsal', one({ phase: 'switch' }), ['rehearsal-touches-production']],
  ['a switch in a full rehearsal', small([{ ...GOOD, phase: 'switch' }], { ...CLOCK, level: 'full' }), []],
  ['any action in a tabletop', small([GOOD], { ...CLOCK, level: 'tabletop' }), ['rehearsal-touches-production']],
  ['a switch that is rehearsed otherwise', one({ phase: 'switch', drill: { run: 'true', undo: 'true', timeout: '1m' } }), []],
  ['an action of a variant without timeout', one({ drill: { run: 'true', undo: 'true' } }), ['action-without-timeout']],
  ['a look at the host that is lost', lost({ check: 'ls', on: 'db' }), ['dead-site']],
  ['no owner and no review', small([GOOD], { clocks: CLOCK.clocks }), ['missing-owner', 'missing-review']],
];
