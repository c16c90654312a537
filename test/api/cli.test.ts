// The muster command as a process of its own: exit codes, places of problems, and nothing half-written.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../api/db/open-database.ts';
import type { Database } from '../../api/application/stores.ts';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const GOOD = `services:
  - key: mail
    name: Mail
    tier: 1
    operatedBy: it
    dependsOn: [dns, ghost]
  - key: dns
    name: DNS
    tier: 2
    operatedBy: it
`;
/** Each process compiles the sources it loads; on a busy machine that takes seconds. */
const SPAWN_TIMEOUT_MS = 120_000;

const BROKEN = `services:
  - key: mail
    name: Mail
    tier: 1
    operatedBy: it
  - key: web
    name: Web
    tier: 9
    operatedBy: it
`;

describe('the muster command', () => {
  let folder: string;
  let data: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-cli-'));
    data = join(folder, 'data');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  function muster(words: readonly string[], more: { readonly input?: string; readonly env?: Record<string, string> } = {}): Promise<Ended> {
    const env = { PATH: process.env.PATH, MUSTER_DATA: data, ...more.env };
    const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', resolve('api/cli.ts'), ...words], { env });
    child.stdin.end(more.input ?? '');
    return untilEnded(child);
  }

  /** As `npx muster` runs it. */
  function clone(words: readonly string[]): Promise<Ended> {
    return untilEnded(
      spawn(process.execPath, [resolve('setup/muster.mjs'), ...words], { cwd: folder, env: { PATH: process.env.PATH, MUSTER_DATA: data } }),
    );
  }

  async function stored(): Promise<{ services: readonly string[]; events: readonly string[]; scores: number; names: readonly string[] }> {
    const database: Database = await openDatabase({ kind: 'sqlite', file: join(data, 'muster.db') });
    try {
      const { stores } = database;
      const services = (await stores.portfolio.load()).services.map(({ key }) => key).toSorted();
      const events = (await stores.history.about('portfolio', 9)).map(({ type }) => type);
      const names = (await stores.accounts.findMany(['ann', 'bob'])).map(({ name }) => name);
      return { services, events, names, scores: (await stores.readiness.latest()).length };
    } finally {
      await database.close();
    }
  }

  it('shows first, writes and assesses when told to, and leaves that when a file is broken', { timeout: SPAWN_TIMEOUT_MS }, async () => {
    const path = file('portfolio.yaml', GOOD);
    const preview = await muster(['import', path]);
    expect(preview).toMatchObject({ code: 0, err: '', out: expect.stringContaining('services: 2 new, 0 changed, 0 gone\n  + dns\n  + mail') });
    expect(preview.out).toContain('Nothing was written. Run it again with --apply to write this.');
    expect(existsSync(data)).toBe(false);

    expect(await muster(['import', path, '--apply'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Written.') });
    const before = await stored();
    expect(before).toEqual({ services: ['dns', 'mail'], events: ['portfolio.imported'], names: [], scores: 2 });

    const broken = file('broken.yaml', BROKEN);
    const ended = await muster(['import', broken, '--apply']);
    expect(ended).toMatchObject({ code: 1, out: expect.stringContaining(`${broken}:8:11 error`) });
    expect(ended.err).toContain('1 error. Nothing was written.');
    expect(await stored()).toEqual(before);
  });

  it('says that the app holds the database, and what to do', { timeout: SPAWN_TIMEOUT_MS }, async () => {
    mkdirSync(data);
    const holder = await openDatabase({ kind: 'sqlite', file: join(data, 'muster.db') });
    const ended = await muster(['import', file('portfolio.yaml', GOOD), '--apply']);
    await holder.close();
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(/is in use by another process.*\n.*stop it, run this command, and start it again/);
  });

  it('does not start with a wrong configuration', { timeout: SPAWN_TIMEOUT_MS }, async () => {
    const wrong = await muster(['import', file('good.yaml', GOOD), '--apply'], { env: { MUSTER_PROT: '1' } });
    expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Did you mean MUSTER_PORT?') });
    expect(existsSync(data)).toBe(false);
  });

  it('works from a clone in any folder without a build, from the first runbook to its revision', { timeout: 2 * SPAWN_TIMEOUT_MS }, async () => {
    const begun = await clone(['new', 'move-mail', '--template', 'failover', '--service', 'mail', '--yes']);
    expect(begun).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Wrote runbooks/move-mail/runbook.yaml') });
    expect(await clone(['lint', '--strict'])).toEqual({ code: 0, err: '', out: '1 runbook: nothing to remark.\n' });
    expect(await clone(['plan', 'runbooks/move-mail', '--mermaid'])).toMatchObject({ code: 0, out: expect.stringMatching(/^gantt\n/) });
    expect(await clone(['push'])).toMatchObject({ code: 0, err: '', out: '+ move-mail  is revision 1, which waits for approval.\n' });
    writeFileSync(join(folder, 'runbooks', 'move-mail', 'runbook.yaml'), 'runbook: [\n');
    expect(await clone(['lint', '--json'])).toMatchObject({ code: 1, err: '', out: expect.stringContaining('"yaml-syntax"') });
    expect(await clone(['lint', 'nowhere'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('nowhere') });
  });

  it('makes an account with a password from standard input, and shows it nowhere', { timeout: SPAWN_TIMEOUT_MS }, async () => {
    const words = ['account', 'create', 'ann', '--role', 'admin'];
    expect(await muster(words)).toMatchObject({ code: 2, err: expect.stringContaining('--password-stdin') });
    expect(existsSync(data)).toBe(false);
    const made = await muster([...words, '--password-stdin'], { input: 'correct horse battery\n' });
    expect(made).toMatchObject({ code: 0, out: 'Made the account ann (admin).\n', err: '' });
    expect((await stored()).names).toEqual(['ann']);
    expect(readdirSync(data)).toEqual(['muster.db']);
  });
});

function untilEnded(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  return new Promise((done, fail) => child.on('error', fail).on('close', (code) => done({ code, ...output })));
}
