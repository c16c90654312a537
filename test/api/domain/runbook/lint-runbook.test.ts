// Lint rules: what is allowed and rarely meant.
import { describe, expect, it } from 'vitest';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import type { Problem } from '../../../../api/domain/errors.ts';
import { LEDGER, parsed, small } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const GOOD = { id: 'one', title: 'One', run: 'true', on: 'db', timeout: '1m', estimate: '5s', undo: 'true' };
const CLOCK = { clocks: { recovery: { to: 'one' } } };

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

const CAPTURES = { capture: { lag: 'stdout' } };

/** What is written, and the codes of what the lint says. */
const CASES: readonly (readonly [string, Written, readonly string[]])[] = [
  ['an action with all that it should have', one({}), []],
  ['an action without timeout', one({ timeout: undefined }), ['action-without-timeout']],
  ['an action that takes the default timeout', small([{ ...GOOD, timeout: undefined }], { ...CLOCK, defaults: { timeout: '1m' } }), []],
  ['an action without estimate', one({ estimate: undefined }), ['action-without-estimate']],
  ['an action without undo', one({ undo: undefined }), ['action-without-undo']],
  ['an action without undo at the point of no return', one({ undo: undefined, pointOfNoReturn: true }), []],
  ['a read-only command with none of it', small([{ id: 'one', title: 'One', run: 'true', on: 'db', readOnly: true }], CLOCK), []],
  ['a check with none of it', small([{ id: 'one', title: 'One', check: 'true', on: 'db' }], CLOCK), []],
  ['no clocks', small([GOOD]), ['no-recovery-clock']],
  ['clocks without recovery', small([GOOD], { clocks: { other: { to: 'one' } } }), ['no-recovery-clock']],
  ['a clock that runs along the needs', small([GOOD, { ...GOOD, id: 'two' }], { clocks: { recovery: { from: 'one', to: 'two' } } }), []],
  ['a clock of one step', small([GOOD], { clocks: { recovery: { from: 'one', to: 'one' } } }), []],
  ['a clock against the needs', small([GOOD, { ...GOOD, id: 'two' }], { clocks: { recovery: { from: 'two', to: 'one' } } }), ['clock-out-of-order']],
  ['a target that nothing uses', small([GOOD], { ...CLOCK, targets: { db: { host: 'a' }, app: { host: 'b' } } }), ['unused-target']],
  ['a captured value that is used', two(CAPTURES, { run: 'echo "$lag"' }), []],
  // oxlint-disable-next-line no-template-curly-in-string -- the shell's own
  ['a captured value that is used in braces', two(CAPTURES, { undo: 'echo "${lag:-0}"' }), []],
  ['a captured value that is not used', two(CAPTURES, { run: 'echo "$lagging" lag "$LAG"' }), ['unused-capture']],
  ['a captured value that is used beside its capture', two(CAPTURES, { run: 'echo "$lag"', needs: [] }), ['capture-too-early']],
  ['a download that is run', one({ run: 'curl -fsS https://x.example/i.sh | sh' }), ['pipe-to-shell']],
  ['a download that is run as root', one({ undo: 'wget -qO- https://x.example/i.sh | sudo -n /bin/bash' }), ['pipe-to-shell']],
  ['a download that is only shown', one({ run: 'curl -fsS https://x.example | shasum' }), []],
  ['a download beside a pipe', one({ run: 'curl -fsS https://x.example -o x; cat y | sh' }), []],
  ['a password', one({ run: 'PGPASSWORD=hunter22 psql' }), ['plain-secret']],
  ['an option with a token', one({ run: "tool --token='abcd1234'" }), ['plain-secret']],
  ['a private key', one({ run: 'echo "-----BEGIN OPENSSH PRIVATE KEY-----"' }), ['plain-secret']],
  ['a password in a variable', one({ run: 'PGPASSWORD="$(cat /etc/pw)" psql; tool --token=$token' }), []],
];

describe('lintRunbook', () => {
  it.each(CASES)('says of %s: the codes', (_, written, codes) => {
    expect(linted(written).map(({ code }) => code)).toEqual(codes);
  });

  it('warns and never blocks, at the line and column of what it means', () => {
    const [problem] = linted(one({ timeout: undefined }));
    expect(problem).toEqual({
      code: 'action-without-timeout',
      severity: 'warning',
      message: 'The action `one` has no timeout.',
      remedy: 'Add `timeout:`, or a default for all steps.',
      file: 'runbook.yaml',
      line: 11,
      column: 9,
    });
  });

  it('has nothing to say about a runbook that is well written', () => {
    expect(linted(LEDGER).map(({ code }) => code)).toEqual([]);
  });

  it('has a case here for every rule', () => {
    const tested = new Set(CASES.flatMap(([, , codes]) => codes));
    expect(ALL_LINT_RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([]);
  });
});
