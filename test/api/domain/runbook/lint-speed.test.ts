// The lint takes linear time: texts that are made to keep a regular expression busy, and runbooks of full length.
import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import { parsed, small } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

/** A command may be this long: with anything quadratic it would take minutes, and the test run into its own timeout. */
const LENGTH = 400_000;

function linted(written: Written): number {
  const { runbook, places, problems } = parsed(written);
  if (runbook === null) throw new Error(JSON.stringify(problems.slice(0, 3)));
  return lintRunbook(runbook, places).length;
}

describe('the lint', () => {
  it.each([
    'curl ',
    'curl -u ',
    'curl x |',
    'password',
    'password=',
    'token: ',
    'a://',
    'a:b@',
    'a://b:',
    'sshpass -p ',
    'eyJaaaaaaaaaaaa.',
    'puppet agent ',
    'terraform ',
    'sudo ',
    'env A=b ',
    'rm -rf $',
    'rm -rf "$a/',
    '-----BEGIN ',
    'export a ',
    '$((',
    '$(',
    '${a',
    'steps.',
    'db-1 ',
    'read ',
    'apt-get install ',
    '\n',
    '- ',
  ])('reads a command of nothing but %j', (part) => {
    const run = `x ${part.repeat(LENGTH / part.length)}`;
    const steps = [
      { id: 'stop', title: 'Stop', phase: 'stop', run: 'true', on: 'db' },
      { id: 'lock-it', title: 'Lock', run, on: 'db', undo: run },
    ];
    expect(linted(small(steps))).toBeGreaterThan(0);
  });

  it('reads five hundred steps that all use what the first one captures', () => {
    const first = { id: 's0', title: 'S', check: 'true', on: 'db', capture: { value: 'stdout' } };
    const others = Array.from({ length: 499 }, (_, index) => ({
      id: `s${index + 1}`,
      title: 'S',
      run: 'echo "$value"',
      on: 'db',
      needs: [`s${index}`, 's0'].slice(0, index === 0 ? 1 : 2),
      when: `steps["s${index}"].state == "passed" && has(values.value)`,
    }));
    expect(linted(small([first, ...others], { scenario: 'site-loss' }))).toBeGreaterThan(499);
  });
});
