// Values on their way into a command: whatever they hold, they arrive as they are and nothing of them is run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { buildCanaryScript, buildScript } from '../../../../api/domain/drill/script.ts';
import { hostileValues } from '../../../support/hostile-values.ts';

/** Hostile values that go through one real shell at a time: a shell for each would take a minute. */
const VALUES_A_SHELL = 100;

const folder = mkdtempSync(join(tmpdir(), 'muster-script-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fragments = [
  "'",
  '"',
  '`',
  '$(touch canary)',
  '${IFS}',
  ';touch canary;',
  '\n',
  '\\',
  '\\\n',
  '!!',
  '&&',
  '|',
  '>canary',
  "'\\''",
  '*',
  '~',
  '#',
  '\r',
  '\u2028',
  '%s',
];
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string()), { maxLength: 8 }).map((parts) => parts.join('')),
);

describe('values', () => {
  it('arrive unchanged through a real shell, and nothing in them is run', () => {
    const values = fc.array(
      hostile.filter((value) => !value.includes('\0')),
      { minLength: VALUES_A_SHELL, maxLength: VALUES_A_SHELL },
    );
    fc.assert(
      fc.property(values, (list) => {
        const variables = Object.fromEntries(list.map((value, index) => [`v${index}`, value]));
        const script = buildScript(list.map((_, index) => `printf '%s\\0' "$v${index}"`).join('\n'), variables);
        if (!script.ok) throw new Error(script.refusal.message);
        const ran = spawnSync('sh', ['-eu'], { input: script.value, cwd: folder });
        const wellFormed = list.map((value) => Buffer.from(value).toString());
        expect(ran.stdout.toString().split('\0').slice(0, -1)).toEqual(wellFormed);
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('with a NUL byte are refused, since no shell can hold one', () => {
    expect(buildScript('true', { a: 'x\0y' })).toMatchObject({ ok: false, refusal: { code: 'INVALID_INPUT' } });
  });

  it.each(['PATH', 'LD_PRELOAD', 'BASH_ENV', 'IFS', 'ENV', 'a b', 'x;rm', '1x', '', 'path', 'seq', 'now'])('cannot set %j', (name) => {
    expect(buildScript('true', { [name]: 'x' }).ok).toBe(false);
  });
});

it('a canary gets its number and its instant beside the inputs', () => {
  const script = buildCanaryScript('printf "%s %s %s" "$seq" "$now" "$change"', { change: 'CHG1' }, { seq: 7, at: 0 });
  if (!script.ok) throw new Error(script.refusal.message);
  expect(spawnSync('sh', ['-eu'], { input: script.value }).stdout.toString()).toBe('7 1970-01-01T00:00:00.000Z CHG1');
});

describe('what a step sets for its programs', () => {
  it('reaches them, whatever it holds', () => {
    const values = hostileValues({ count: 200, seed: 11 });
    const env = Object.fromEntries(values.map((value, index) => [`E${index}`, value]));
    const script = buildScript('env -0', { item: "it's", expires: '60' }, env);
    if (!script.ok) throw new Error(script.refusal.message);
    const printed = spawnSync('sh', ['-eu'], { input: script.value, cwd: folder, maxBuffer: 10_000_000 }).stdout.toString().split('\0');
    for (const [name, value] of Object.entries(env)) expect(printed).toContain(`${name}=${value}`);
    expect(printed.some((line) => line.startsWith('item='))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['PATH', 'IFS', 'ENV', 'BASH_ENV', 'LD_PRELOAD', 'PS4', 'lower', 'A;B', 'A=B', ''])('is refused under the name %j', (name) => {
    expect(buildScript('true', {}, { [name]: 'x' }).ok).toBe(false);
  });

  it('has the item of its row and its time to hold ahead of it', () => {
    expect(buildScript('echo', { item: "it's", expires: '60' }, { LANG: 'C' })).toEqual({
      ok: true,
      value: "expires='60'\nitem='it'\\''s'\nexport LANG='C'\necho\n",
    });
  });

  it('is refused when it is no text that can be sent', () => {
    for (const value of ['a\0', '\ud800']) {
      expect(buildScript('true', {}, { A: value }).ok).toBe(false);
      expect(buildScript('true', { a: value }).ok).toBe(false);
    }
  });
});
