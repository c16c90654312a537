// Commands on the app's own machine: the same wrapper as on hosts, and the same ways to end.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { gatherFrom, type Gathered, type RunOptions } from '../../support/remote-run.ts';
import { ownMachine } from '../../support/run-action.ts';

const machine = ownMachine();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-local-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, options: RunOptions & { readonly shell?: string; readonly become?: string } = {}): Promise<Gathered> {
  const { shell, become, timeoutMs = 10_000 } = options;
  return gatherFrom((sink, signal) => machine.run({ script, timeoutMs, ...(shell && { shell }), ...(become && { become }) }, sink, signal), options);
}

async function pidIn(name: string): Promise<number> {
  const file = join(folder, name);
  await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^\d+\n$/), { timeout: 5_000 });
  return Number(readFileSync(file, 'utf8'));
}

function isAlive(pid: number): boolean {
  if (existsSync('/proc/self/stat')) return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a command on this machine', () => {
  it('gives its exit code and both streams apart', async () => {
    const got = await run('value=\'a "b"\'\necho "$value"; echo err >&2; cat; exit 7');
    expect([got.outcome, got.stdout.toString(), got.stderr.toString(), got.launches]).toEqual([
      { kind: 'exited', exitCode: 7 },
      'a "b"\n',
      'err\n',
      1,
    ]);
  });

  it('stops at the first failing line, and is told by its signal when one ended it', async () => {
    expect((await run('false\necho never')).stdout.toString()).toBe('');
    expect((await run('kill -s KILL $$')).outcome).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it("sees nothing of the app's own settings", async () => {
    vi.stubEnv('MUSTER_SMTP_URL', 'smtp://user:so-secret@mail.example.org');
    const got = await run('env; cat /proc/self/environ 2>/dev/null || true');
    vi.unstubAllEnvs();
    expect(got.stdout.toString()).not.toContain('so-secret');
    expect(got.stdout.toString()).toContain('PATH=');
  });

  it('is gone after its timeout with its children, though it ignores TERM', async () => {
    const script = `trap "" TERM; echo "$$" >${folder}/slow; sleep 300 & echo "$!" >${folder}/child; while :; do sleep 1; done`;
    expect((await run(script, { timeoutMs: 1_000 })).outcome).toEqual({ kind: 'timed-out' });
    expect([isAlive(await pidIn('slow')), isAlive(await pidIn('child'))]).toEqual([false, false]);
  });

  it('is gone when it is cancelled, and never starts when it was before', async () => {
    const abort = new AbortController();
    const got = await run(`echo "$$" >${folder}/cancelled; echo up; sleep 300`, { signal: abort.signal, onOutput: async () => abort.abort() });
    expect(got.outcome).toEqual({ kind: 'cancelled' });
    expect(isAlive(await pidIn('cancelled'))).toBe(false);
    expect(await run(`touch ${folder}/never`, { signal: AbortSignal.abort() })).toMatchObject({ outcome: { kind: 'cancelled' }, launches: 0 });
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('is over when it exits, though a child keeps its output open', async () => {
    const got = await run(`sleep 300 & echo "$!" >${folder}/daemon; echo done`);
    expect([got.outcome, got.stdout.toString()]).toEqual([{ kind: 'exited', exitCode: 0 }, 'done\n']);
    process.kill(await pidIn('daemon'));
  });

  it('is ended when its output cannot be kept', async () => {
    const running = run(`echo "$$" >${folder}/unkept; echo x; sleep 300`, { onOutput: () => Promise.reject(new Error('disk full')) });
    await expect(running).rejects.toThrow('disk full');
    expect(isAlive(await pidIn('unkept'))).toBe(false);
  });

  it('takes in no more than the reader does', async () => {
    const block = Promise.withResolvers<void>();
    let length = 0;
    const running = run(`head -c 20000000 /dev/zero; touch ${folder}/flooded`, {
      onOutput: async (_stream, bytes) => {
        length += bytes.length;
        await block.promise;
      },
    });
    await vi.waitFor(() => expect(length).toBeGreaterThan(0));
    expect(existsSync(join(folder, 'flooded'))).toBe(false);
    block.resolve();
    expect((await running).outcome).toEqual({ kind: 'exited', exitCode: 0 });
    expect(length).toBe(20_000_000);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'runs as the user that it names, and is gone after its timeout (only root may become another one)',
    async () => {
      chmodSync(folder, 0o777);
      expect((await run('id -un', { become: 'nobody' })).stdout.toString()).toBe('nobody\n');
      const script = `echo "$$" >${folder}/other; sleep 300 & echo "$!" >${folder}/other-child; sleep 300`;
      expect((await run(script, { become: 'nobody', timeoutMs: 1_500 })).outcome).toEqual({ kind: 'timed-out' });
      expect([isAlive(await pidIn('other')), isAlive(await pidIn('other-child'))]).toEqual([false, false]);
    },
  );

  it('is not started when its user cannot be had', async () => {
    const got = await run(`touch ${folder}/never`, { become: 'nosuchuser' });
    expect(got).toMatchObject({ outcome: { kind: 'not-started', stage: 'channel' }, launches: 0 });
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});

it('an installation that allows no commands of its own runs none', async () => {
  const closed = ownMachine({ isLocalAllowed: false });
  const got = await gatherFrom((sink, signal) => closed.run({ script: `touch ${folder}/never`, timeoutMs: 1_000 }, sink, signal));
  expect(got.outcome).toMatchObject({ kind: 'not-started', message: expect.stringContaining('MUSTER_LOCAL_COMMANDS=yes') });
  expect(existsSync(join(folder, 'never'))).toBe(false);
});
