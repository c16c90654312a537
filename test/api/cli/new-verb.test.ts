// muster new: every kind of runbook that it writes lints clean, plans, and is laid out as fmt would; it overwrites nothing.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEMPLATES } from '../../../api/cli/new/answers.ts';
import { runCli } from '../../../api/cli/program.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts, type Watched } from './watched-parts.ts';

describe('muster new', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];
  let folder: string;

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
    folder = join(t.folder, 'runbooks');
  });
  afterEach(() => t.end());

  function run(words: readonly string[], more: Pick<Watched, 'answers'> = {}) {
    return runCli(watchedParts(t.app, { out, err, isWithoutDatabase: true, ...more }), words, '9.9.9');
  }

  it.each(TEMPLATES)('writes a %s that needs no correction', async (template) => {
    expect(await run(['new', 'try-it', '--template', template, '--service', 'mail', 'dns', '--folder', folder, '--yes'])).toBe(0);
    expect(readdirSync(join(folder, 'try-it')).toSorted()).toEqual(['README.md', 'runbook.yaml']);
    out.length = 0;
    expect(await run(['lint', folder, '--strict'])).toBe(0);
    expect(out).toEqual(['1 runbook: nothing to remark.']);
    expect(await run(['fmt', folder, '--check'])).toBe(0);
    expect(await run(['plan', join(folder, 'try-it')])).toBe(0);
    expect(out.join('\n')).toContain('Recovery is expected to take');
    expect(err).toEqual([]);
  });

  it('asks a person, takes an empty answer for what is proposed, and quotes what YAML would misread', async () => {
    const answers = ['restore', 'mail', 'Restore: "mail" #1', '', '', 'ann', '', 'target: 7'];
    expect(await run(['new', '--folder', folder], { answers })).toBe(0);
    const text = readFileSync(join(folder, 'restore-mail', 'runbook.yaml'), 'utf8');
    expect(text).toContain(`title: 'Restore: "mail" #1'\n`);
    expect(text).toContain('vault: { host: mail-a }');
    expect(text).toContain('scenario: data-loss');
    expect(await run(['lint', folder, '--strict'])).toBe(0);
    expect(out.join('\n')).toContain('muster plan');
  });

  it('overwrites nothing', async () => {
    mkdirSync(join(folder, 'mine'), { recursive: true });
    writeFileSync(join(folder, 'mine', 'notes.txt'), 'mine');
    expect(await run(['new', 'mine', '--folder', folder, '--yes'])).toBe(1);
    expect(err.join()).toContain('nothing was written');
    expect(readdirSync(join(folder, 'mine'))).toEqual(['notes.txt']);
  });

  it('ends with 2 when nobody can be asked, and for a key that cannot be one', async () => {
    expect(await run(['new', 'mine', '--folder', folder])).toBe(2);
    expect(err.join()).toContain('There is nobody to ask.');
    expect(await run(['new', '../up', '--folder', folder, '--yes'])).toBe(2);
    expect(await run(['new', 'x', '--template', 'magic', '--folder', folder, '--yes'])).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });
});
