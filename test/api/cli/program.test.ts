// The verbs with a terminal that is watched: usage, prompts, colour, and text that would steer a terminal.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../api/cli/program.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { TEST_SEALS, watchedParts } from './watched-parts.ts';

const RUNBOOK = `runbook: recover-mail
title: Recover mail
services: [mail]
scenario: site-loss
level: tabletop
steps:
  - id: talk
    title: Talk it through
    confirm: Talk it through.
`;

const DANGLING = `services:
  - key: mail
    name: Mail
    tier: 1
    operatedBy: it
    dependsOn: [ghost]
`;

function folderWith(folder: string, runbook: string): string {
  const own = join(folder, 'runbooks', 'recover-mail');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'runbook.yaml'), runbook);
  return own;
}

function portfolioNaming(name: string): string {
  return `services:\n  - { key: mail, name: "${name}", tier: 1, operatedBy: it }\n`;
}

describe('the command line', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
  });
  afterEach(() => t.end());

  function run(words: readonly string[], more: { readonly isColourful?: boolean; readonly answers?: readonly string[] } = {}) {
    return runCli(watchedParts(t.app, { out, err, ...more }), words, '9.9.9');
  }

  async function services(): Promise<number> {
    return (await t.app.database.stores.portfolio.load()).services.length;
  }

  function write(text: string): string {
    const path = join(t.folder, 'p.yaml');
    writeFileSync(path, text);
    return path;
  }

  it.each([
    [[], 2],
    [['frob'], 2],
    [['import'], 2],
    [['import', 'a', 'b'], 2],
    [['import', 'a', '--wipe'], 2],
    [['account', 'create', 'ann'], 2],
    [['account', 'create', 'ann', '--role', 'king'], 2],
    [['--help'], 0],
    [['import', '--help'], 0],
    [['--version'], 0],
  ] as const)('%j ends with %i', async (words, code) => {
    expect(await run(words)).toBe(code);
    expect(code === 0 ? out : err).not.toEqual([]);
  });

  describe('import', () => {
    it('shows warnings with their place beside what would change', async () => {
      const path = write(DANGLING);
      expect(await run(['import', path])).toBe(0);
      expect(out[0]).toContain(`${path}:6:17 warning`);
      expect(await services()).toBe(0);
    });

    it('prints JSON for programs', async () => {
      expect(await run(['import', write(DANGLING), '--json', '--apply'])).toBe(0);
      const printed: unknown = JSON.parse(out.join('\n'));
      expect(printed).toMatchObject({ isApplied: true, problems: [{ severity: 'warning', line: 6 }], changes: { services: { new: ['mail'] } } });
      expect(await services()).toBe(1);
    });

    it('prints JSON of what is wrong too, and writes nothing', async () => {
      expect(await run(['import', write(DANGLING.replace('tier: 1', 'tier: 9')), '--json', '--apply'])).toBe(1);
      const printed: unknown = JSON.parse(out.join('\n'));
      expect(printed).toMatchObject({ isApplied: false, problems: [{ severity: 'error', line: 4 }], changes: null });
      expect(await services()).toBe(0);
    });

    it('says that nothing would change the second time', async () => {
      const path = write(DANGLING);
      await run(['import', path, '--apply']);
      expect(await run(['import', path, '--apply'])).toBe(0);
      expect(out.at(-1)).toContain('stored like this already');
    });

    it('ends with 2 when the file cannot be read', async () => {
      expect(await run(['import', join(t.folder, 'nope.yaml')])).toBe(2);
      expect(err.join()).toContain('nope.yaml cannot be read');
    });
  });

  describe('lint', () => {
    it('takes a runbook, or a folder of them, and ends with 0 when there is no error', async () => {
      const folder = folderWith(t.folder, RUNBOOK);
      expect(await run(['lint', folder])).toBe(0);
      expect(await run(['lint', join(folder, '..')])).toBe(0);
      expect(out.filter((line) => line.startsWith('1 runbook: '))).toHaveLength(2);
    });

    it('names file and line of an error and ends with 1', async () => {
      const folder = folderWith(t.folder, RUNBOOK.replace('confirm:', 'confrim:'));
      expect(await run(['lint', folder])).toBe(1);
      expect(out.join('\n')).toContain(`  ${join(folder, 'runbook.yaml')}:9:5 error`);
    });

    it('gives advice as warnings, which are no problem', async () => {
      const folder = folderWith(t.folder, RUNBOOK);
      expect(await run(['lint', folder, '--json'])).toBe(0);
      const printed: unknown = JSON.parse(out.join('\n'));
      expect(printed).toMatchObject({ runbooks: 1, problems: expect.arrayContaining([expect.objectContaining({ severity: 'warning' })]) });
    });

    it('ends with 2 when there is nothing to look at', async () => {
      expect(await run(['lint', join(t.folder, 'nope')])).toBe(2);
      const empty = mkdtempSync(join(tmpdir(), 'muster-empty-'));
      expect(await run(['lint', empty])).toBe(2);
      rmSync(empty, { recursive: true });
    });
  });

  describe('account create', () => {
    const words = ['account', 'create', 'ann', '--role', 'admin', '--role', 'coordinator', '--display-name', 'Ann Lee'];

    it('asks twice and makes the account', async () => {
      expect(await run(words, { answers: ['correct horse battery', 'correct horse battery'] })).toBe(0);
      const [account] = await t.app.database.stores.accounts.findMany(['ann']);
      expect(account).toMatchObject({ displayName: 'Ann Lee', roles: ['admin', 'coordinator'] });
      expect(await t.app.passwords.verify(account?.passwordHash ?? '', 'correct horse battery')).toBe(true);
    });

    it('makes none when the two differ', async () => {
      expect(await run(words, { answers: ['correct horse battery', 'correct horse batterz'] })).toBe(1);
      expect(await t.app.database.stores.accounts.count()).toBe(0);
      expect(err.join()).not.toContain('horse');
    });
  });

  describe('seal', () => {
    it('asks for the secret and prints it sealed, and nothing else', async () => {
      expect(await run(['seal'], { answers: ['correct horse battery'] })).toBe(0);
      expect(out).toHaveLength(1);
      expect(TEST_SEALS.open(out[0] ?? '')).toBe('correct horse battery');
    });

    it('wants somebody to ask, and something to seal', async () => {
      expect(await run(['seal'])).toBe(2);
      expect(await run(['seal'], { answers: [''] })).toBe(2);
      expect(await run(['seal', '--stdin'])).toBe(2);
      expect(out).toEqual([]);
    });
  });

  it('writes colour only where a person looks', async () => {
    const path = join(t.folder, 'p.yaml');
    writeFileSync(path, 'services:\n  - { key: mail, name: Mail, tier: 1, operatedBy: it }\n');
    await run(['import', path]);
    expect(out.join('')).not.toContain('\u001b[');
    await run(['import', path], { isColourful: true });
    expect(out.join('')).toContain('\u001b[32m  + mail\u001b[0m');
  });

  it('never hands on what would steer the terminal', async () => {
    const path = join(t.folder, 'p.yaml');
    writeFileSync(path, portfolioNaming('Mail'));
    await run(['import', path, '--apply']);
    writeFileSync(path, portfolioNaming('\\e]0;owned\\a\\nWritten.'));
    await run(['import', path]);
    expect(out.join('')).not.toMatch(/\p{Cc}/u);
    expect(out).not.toContain('Written.\n');
  });
});
