// muster push, pull and diff between a folder and a real database: who has changed what, and nothing overwritten unasked.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeRunbooks } from '../../../api/application/store-runbooks.ts';
import { runCli } from '../../../api/cli/program.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts } from './watched-parts.ts';

const MAIL = `# Comments stay with the file.
runbook: mail
title: Move mail
services: [mail]
scenario: site-loss
level: full
targets: { new: { host: mail-b } }
steps:
  - { id: go, title: Go, run: { script: go.sh }, on: new }
`;
const SCRIPT = 'systemctl start mail\n';

describe('push, pull and diff', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];
  let folder: string;
  let file: string;

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
    folder = join(t.folder, 'runbooks');
    file = join(folder, 'mail', 'runbook.yaml');
    mkdirSync(join(folder, 'mail'), { recursive: true });
    write(MAIL);
    writeFileSync(join(folder, 'mail', 'go.sh'), SCRIPT);
  });
  afterEach(() => t.end());

  function run(...words: readonly string[]) {
    out.length = 0;
    err.length = 0;
    return runCli(watchedParts(t.app, { out, err }), words, '9.9.9');
  }

  function write(text: string): void {
    writeFileSync(file, text);
  }

  /** As somebody does in the browser. */
  async function storeElsewhere(source: string): Promise<void> {
    const { runbook } = parseRunbook(source, 'runbook.yaml', new Map([['go.sh', SCRIPT]]));
    if (runbook === null) throw new Error('the runbook of the test has errors');
    await storeRunbooks(t.app, 'maria', [{ runbook, source }]);
  }

  async function numbers(): Promise<readonly number[]> {
    return (await t.app.database.stores.runbooks.revisions('mail')).map(({ number }) => number);
  }

  it('adds a revision once, and another for each change, with the scripts in it', async () => {
    expect(await run('push', folder, '--dry-run')).toBe(0);
    expect(out).toEqual(['+ mail  would become revision 1, which waits for approval.']);
    expect(await numbers()).toEqual([]);
    expect(await run('push', folder)).toBe(0);
    expect(await run('push', folder)).toBe(0);
    expect(out).toEqual(['= mail  is as stored (revision 1).']);
    writeFileSync(join(folder, 'mail', 'go.sh'), 'systemctl restart mail\n');
    expect(await run('push', folder)).toBe(0);
    expect(out).toEqual(['+ mail  is revision 2, which waits for approval.']);
    const [, second] = await t.app.database.stores.runbooks.revisions('mail');
    expect(second).toMatchObject({ createdBy: 'runbooks folder', runbook: { steps: [{ command: 'systemctl restart mail\n' }] } });
  });

  it('refuses where the app has a revision that the folder has not seen, and shows what that changes', async () => {
    await run('push', folder);
    await storeElsewhere(MAIL.replace('title: Go', 'title: Go on'));
    expect(await run('push', folder)).toBe(0);
    expect(out[0]).toContain('has not changed here, and the app has revision 2');
    write(MAIL.replace('on: new }', 'on: new, timeout: 5m }'));
    expect(await run('push', folder)).toBe(1);
    expect(out[0]).toContain('revision 2 by maria, which the folder has not seen');
    expect(out.join('\n')).toContain('title: Go -> Go on');
    expect(await numbers()).toEqual([1, 2]);
    expect(await run('push', folder, '--force')).toBe(0);
    expect(await numbers()).toEqual([1, 2, 3]);
    write(MAIL);
    expect(await run('push', folder)).toBe(1);
    expect(out[0]).toContain('the old revision 1');
  });

  it('tells errors with their place, takes the others all the same, and knows the author', async () => {
    mkdirSync(join(folder, 'bad'));
    writeFileSync(join(folder, 'bad', 'runbook.yaml'), MAIL.replace('scenario', 'senario'));
    expect(await run('push', folder, '--by', 'nobody')).toBe(2);
    expect(await run('push', folder)).toBe(1);
    expect(out.join('\n')).toContain('! bad  has errors');
    expect(await numbers()).toEqual([1]);
  });

  it('writes what the app has, scripts too, and goes on from there', async () => {
    await run('push', folder);
    await storeElsewhere(MAIL.replace('title: Go', 'title: Go on'));
    const elsewhere = join(t.folder, 'elsewhere');
    expect(await run('pull', '--folder', elsewhere)).toBe(0);
    expect(readFileSync(join(elsewhere, 'mail', 'runbook.yaml'), 'utf8')).toBe(MAIL.replace('title: Go', 'title: Go on'));
    expect(readFileSync(join(elsewhere, 'mail', 'go.sh'), 'utf8')).toBe(SCRIPT);
    expect(await run('pull', 'mail', '--folder', elsewhere)).toBe(0);
    expect(out).toEqual(['= mail  is as in the app (revision 2).']);
    expect(await run('push', elsewhere)).toBe(0);
    expect(out).toEqual(['= mail  is as stored (revision 2).']);
    // The first folder was left alone since its push, so it is brought up to date without a question.
    expect(await run('pull', 'mail', '--folder', folder)).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('Go on');
  });

  it('overwrites no change, not even of a comment, without --force', async () => {
    await run('push', folder);
    await storeElsewhere(MAIL.replace('title: Go', 'title: Go on'));
    const mine = MAIL.replace('# Comments', '# My own comments');
    write(mine);
    expect(await run('pull', 'mail', '--folder', folder)).toBe(1);
    expect(out.join('\n')).toContain('title: Go -> Go on');
    expect(readFileSync(file, 'utf8')).toBe(mine);
    expect(await run('pull', 'mail', '--folder', folder, '--force')).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('Go on');
  });

  it('never takes a broken memory of the last push for none', async () => {
    await run('push', folder);
    writeFileSync(join(folder, '.muster', 'base.json'), '{');
    await expect(run('push', folder)).rejects.toThrow('base.json cannot be understood');
  });

  it('writes approved revisions only, when asked, and says what is not there', async () => {
    await run('push', folder);
    const elsewhere = join(t.folder, 'elsewhere');
    expect(await run('pull', '--approved', '--folder', elsewhere)).toBe(0);
    expect(existsSync(elsewhere)).toBe(false);
    expect(await run('pull', 'mail', '--approved', '--folder', elsewhere)).toBe(2);
    expect(await run('pull', 'ghost', '--folder', elsewhere)).toBe(2);
    expect(err).toEqual(['There is no runbook ghost in the app.']);
  });

  it('compares by meaning, and ends with 1 only when something differs', async () => {
    await run('push', folder);
    write(MAIL.replace('# Comments', '# Other comments').replace('Move mail', '"Move mail"'));
    expect(await run('diff', 'mail@1', file)).toBe(0);
    expect(out).toEqual([`mail@1 and ${file} mean the same.`]);
    writeFileSync(join(folder, 'mail', 'go.sh'), 'systemctl restart mail\n');
    expect(await run('diff', 'mail', file)).toBe(1);
    expect(out.join('\n')).toMatch(/- systemctl start mail\n.*\+ systemctl restart mail/);
    expect(await run('diff', 'mail', file, '--json')).toBe(1);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ isSame: false, voidsEvidence: true, steps: [{ id: 'go', changesCommand: true }] });
    expect(await run('diff', 'mail@7', file)).toBe(2);
    expect(err).toEqual(['The runbook mail has no revision 7. The newest is mail@1.']);
  });
});
