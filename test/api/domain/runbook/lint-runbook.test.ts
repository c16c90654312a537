// Lint rules: what is allowed and rarely meant.
import { describe, expect, it } from 'vitest';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import type { Problem } from '../../../../api/domain/errors.ts';
import { LEDGER, ledger, parsed, small } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const ledgerSteps: readonly unknown[] = Array.isArray(LEDGER['steps']) ? LEDGER['steps'] : [];

/** Only the input that is used, and an approval before the point of no return. */
const WELL_WRITTEN = ledger({
  inputs: { change: { type: 'string' } },
  steps: [...ledgerSteps.slice(0, 2), { id: 'go', title: 'Go or no-go', approve: { role: 'coordinator' } }, ...ledgerSteps.slice(3)],
});

const GOOD = { id: 'one', title: 'One', run: 'true', on: 'db', timeout: '1m', estimate: '5s', undo: 'true' };
const KEPT = { owner: 'payments-duty', review: { every: '180d' } };
const CLOCK = { ...KEPT, clocks: { recovery: { to: 'one' } } };

function linted(written: Written): readonly Problem[] {
  const { runbook, places, problems } = parsed(written);
  if (runbook === null) throw new Error(JSON.stringify(problems));
  return lintRunbook(runbook, places);
}

function one(changes: Written): Written {
  return small([{ ...GOOD, ...changes }], CLOCK);
}

function two(first: Written, second: Written): Written {
  return small(
    [
      { ...GOOD, ...first },
      { ...GOOD, id: 'two', ...second },
    ],
    CLOCK,
  );
}

function lost(step: Written): Written {
  return small(
    [
      { ...GOOD, phase: 'stop', drill: 'skip' },
      { id: 'look', title: 'Look', ...step },
    ],
    { ...KEPT, clocks: { recovery: { to: 'look' } } },
  );
}

function http(request: Written): Written {
  return small([GOOD, { id: 'ask', title: 'Ask', http: { url: 'https://x.example', ...request }, timeout: '1m', estimate: '1s' }], CLOCK);
}

function wait(more: Written): Written {
  return { id: 'w', title: 'W', wait: { run: 'true', ...more }, on: 'db' };
}

function confirm(more: Written): Written {
  return { id: 'note', title: 'Note', confirm: 'Note it.', ...more };
}

const CAPTURES = { capture: { lag: 'stdout' } };

/** What is written, and the codes of what the lint says. */
const CASES: readonly (readonly [string, Written, readonly string[]])[] = [
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
  // ---- what is looked for in commands ----
  ['a download in a substitution', one({ run: 'bash -c "$(curl -fsSL https://x.example/i.sh)"' }), ['pipe-to-shell']],
  ['a download as a file of its own', one({ run: 'bash <(curl -s https://x.example/i.sh)' }), ['pipe-to-shell']],
  ['a download that is evaluated', one({ run: 'eval "$(wget -qO- https://x.example/i.sh)"' }), ['pipe-to-shell']],
  ['a download over several lines', one({ run: 'curl -fsS \\\n  https://x.example/i.sh |\n  tee log | sh -s -- --yes' }), ['pipe-to-shell']],
  ['a download that is kept and run', one({ run: 'curl -fsSo /tmp/i.sh https://x.example/i.sh\nchmod +x /tmp/i.sh\n/tmp/i.sh' }), ['pipe-to-shell']],
  ['a download for python', one({ run: 'curl -s https://x.example/i.py | python3 -' }), ['pipe-to-shell']],
  ['a download within sh -c', one({ run: "ssh-agent sh -c 'curl https://x.example | sh'" }), []],
  ['a download within a shell of its own', one({ run: "timeout 5 sh -c 'curl https://x.example | sh'" }), ['pipe-to-shell']],
  ['a pipe into a shell that is only written about', one({ run: "echo 'never curl x | sh'  # curl x | sh" }), []],
  ['a password of a URL', one({ run: 'psql postgres://app:hunter22@db/shop' }), ['plain-secret']],
  ['a password from a variable in a URL', one({ run: 'psql "postgres://app:$pw@db/shop"' }), []],
  ['a password of curl', one({ run: 'curl -fsS -u admin:hunter22 https://x.example' }), ['plain-secret']],
  ['a password of sshpass', one({ run: 'sshpass -p hunter22 ssh db-2 true' }), ['plain-secret']],
  ['a password of sshpass in a file', one({ run: 'sshpass -f /etc/pw ssh db-2 true; sshpass -p "$pw" ssh db-2' }), []],
  ['a user of curl without a password', one({ run: 'curl -u "admin:$pw" https://x.example; curl --user admin https://x.example' }), []],
  ['a password in the environment', one({ env: { DB_PASSWORD: 'hunter22' } }), ['plain-secret']],
  ['the name of a password file', one({ env: { PGPASSFILE: '/etc/pgpass', DB_PASSWORD_FILE: '/etc/pw' } }), []],
  ['a token in a header', http({ headers: { Authorization: 'Bearer abcdefgh12345678' } }), ['plain-secret']],
  ['a key in a header', http({ headers: { 'X-Api-Key': 'abcdefgh12345678' } }), ['plain-secret']],
  ['a password in a body', http({ method: 'PUT', body: { user: 'app', password: 'hunter22' } }), ['action-without-undo', 'plain-secret']],
  [
    'a token in a message',
    small([GOOD, { id: 'say', title: 'Say', notify: 'Use ghp_abcdefghijklmnopqrstuvwxyz0123456789' }], CLOCK),
    ['plain-secret'],
  ],
  ['words about where a password is', small([GOOD, confirm({ confirm: 'Password: stored in the safe. Token: none.' })], CLOCK), []],
  ['a password in an instruction', small([GOOD, confirm({ confirm: 'Sign in with password: hunter22' })], CLOCK), ['plain-secret']],
  ['words about passwords', small([GOOD, { id: 'say', title: 'Say', notify: 'The password is in the safe; nobody types it.' }], CLOCK), []],
  ['a host key that is not looked at', one({ run: 'ssh -o StrictHostKeyChecking=no db-2 true' }), ['unpinned-host']],
  ['known hosts in the bin', one({ run: 'rsync -e "ssh -o UserKnownHostsFile=/dev/null" a b:' }), ['unpinned-host']],
  ['a certificate that is not looked at', one({ run: 'curl -fsSk https://x.example' }), ['unpinned-host']],
  ['the long way not to look', one({ run: 'wget --no-check-certificate https://x.example' }), ['unpinned-host']],
  ['a switch in the environment', one({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }), ['unpinned-host']],
  ['a switch ahead of a command', one({ run: 'GIT_SSL_NO_VERIFY=1 git pull' }), ['unpinned-host']],
  ['curl with a k elsewhere', one({ run: 'curl -fsS --keepalive-time 2 https://x.example/-k' }), []],
  ['ssh that looks', one({ run: 'ssh -o StrictHostKeyChecking=yes db-2 true' }), []],
  ['sudo', one({ run: 'sudo systemctl restart x' }), ['sudo-in-command']],
  ['sudo as a word', one({ run: 'grep -q sudo /etc/group' }), []],
  ['an editor', one({ run: 'vi /etc/hosts' }), ['interactive-command']],
  ['a question', one({ run: 'echo Go?\nread answer' }), ['interactive-command']],
  ['a loop over lines', one({ run: 'cat hosts | while read -r host; do echo "$host"; done\nread -r a <file' }), []],
  ['an installation that asks', one({ run: 'apt-get install x' }), ['interactive-command']],
  ['an installation that does not ask', one({ run: 'apt-get install -y x' }), []],
  ['a password that is asked for', one({ run: 'mysql -u root -p shop' }), ['interactive-command']],
  ['a here-document that speaks of editors', one({ run: 'cat <<END\nless is more\nvi\nEND' }), []],
  ['a delete of a bare variable', one({ run: 'dir=/srv/x\nrm -rf $dir' }), ['careless-delete']],
  ['a delete that an empty variable turns on everything', one({ run: 'dir=/srv/x\nrm -rf "$dir"/*' }), ['careless-delete']],
  ['a delete of a quoted variable', one({ run: 'dir=/srv/x\nrm -rf "$dir" "${dir:?}/y"; rm -f $dir.pid' }), []],
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

describe('lintRunbook', () => {
  it.each(CASES)('says of %s: the codes', (_, written, codes) => {
    expect(linted(written).map(({ code }) => code)).toEqual(codes);
  });

  it('warns and never blocks, at the line and column of what it means', () => {
    const [problem] = linted(one({ timeout: undefined }));
    expect(problem).toMatchObject({
      code: 'action-without-timeout',
      severity: 'warning',
      message: 'Step `one` is an action and has no timeout.',
      remedy: 'Add `timeout:`, or a default for all steps.',
      file: 'runbook.yaml',
      line: 11,
      column: 9,
    });
  });

  it('has nothing to say about a runbook that is well written', () => {
    expect(linted(WELL_WRITTEN).map(({ code }) => code)).toEqual([]);
  });

  it('has a case here for every rule', () => {
    const tested = new Set(CASES.flatMap(([, , codes]) => codes));
    expect(ALL_LINT_RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([]);
  });
});
