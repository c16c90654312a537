// The shipped runbooks do on the practice range what they say: every command is run in order, judged as a drill judges it.
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startRange, type Range } from '../../../api/demo/range/range.ts';
import { judge, readMarker } from '../../../api/domain/drill/judge.ts';
import { buildCanaryScript, buildScript } from '../../../api/domain/drill/script.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import type { Runbook, Step } from '../../../api/domain/runbook/runbook.ts';
import { RangeClient } from './range-client.ts';

const KEYS = ['ledger-failover', 'ledger-restore'];
/** Where an abort is hardest: the standby promoted, the standby stopped, the old primary promoted again. */
const CUTS = ['promote', 'stop-standby', 'promote-primary'];

const NO_SCRIPTS: ReadonlyMap<string, string> = new Map();

function shipped(key: string): Runbook {
  const text = readFileSync(new URL(`../../../runbooks/${key}/runbook.yaml`, import.meta.url), 'utf8');
  const { runbook, problems } = parseRunbook(text, `${key}/runbook.yaml`, NO_SCRIPTS);
  if (runbook === null) throw new Error(JSON.stringify(problems));
  return runbook;
}

describe.each(KEYS)('The shipped runbook %s', (key) => {
  it('is without problems, has its folder’s name, and an estimate for every step', () => {
    const runbook = shipped(key);
    expect(runbook.key).toBe(key);
    expect(runbook.steps.filter((step) => step.estimateMs === null)).toEqual([]);
  });
});

describe('On the practice range', { timeout: 120_000 }, () => {
  let folder: string;
  let range: Range;
  let ssh: RangeClient;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'runbooks ')));
    range = await startRange({ folder, log: () => undefined, kind: 'embedded' });
    ssh = new RangeClient(range);
  }, 60_000);

  afterAll(async () => {
    await ssh.close();
    await range.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it.each(['the first time', 'again'])('the failover goes through and ends where it began (%s)', async () => {
    const { captured, markers } = await follow(shipped('ledger-failover'), ssh);
    expect(Number(captured['entries_before'])).toBeGreaterThanOrEqual(120);
    expect(markers.acknowledged).toBeGreaterThan(0);
    expect(markers.newest).toBeGreaterThan(0);
    expect(markers.newest).toBeLessThanOrEqual(markers.acknowledged);
    expect(await ssh.get('ledger-a', 'ledger role')).toBe('primary');
    expect(await ssh.get('ledger-b', 'ledger newest')).toBe('');
    expect(await ssh.get('ledger-gate', 'ledger cancel-tests')).toBe('test payments cancelled: none');
  });

  it.each(CUTS)('an abort with undo after the step %s leads back to where it began', async (last) => {
    const runbook = shipped('ledger-failover');
    const steps = runbook.steps.slice(0, runbook.steps.findIndex(({ id }) => id === last) + 1);
    const withoutWaiting = steps.filter(({ kind, id }) => kind !== 'sleep' && id !== 'stays-up');
    await follow({ ...runbook, canary: null, steps: withoutWaiting }, ssh);
    await undo({ ...runbook, steps }, ssh);
    expect(await ssh.get('ledger-a', 'ledger role')).toBe('primary');
    await vi.waitFor(async () => expect(await ssh.get('ledger-b', 'ledger role; ledger lag')).toBe('standby\n0'), { timeout: 20_000, interval: 100 });
    expect(await ssh.get('ledger-gate', 'ledger target; ledger pay; ledger cancel-tests')).toMatch(/^ledger-a\n.*written to ledger-a/);
  });

  it('the restore goes through and leaves nothing behind', async () => {
    const { captured } = await follow(shipped('ledger-restore'), ssh);
    expect(captured['checksum']).toMatch(/^[0-9a-f]{64}$/);
    expect(await ssh.get('ledger-b', 'ls')).not.toContain('restore-drill');
  });
});

/** The undo of every action, backwards, as an abort does it. */
async function undo(runbook: Runbook, ssh: RangeClient): Promise<void> {
  for (const step of runbook.steps.toReversed()) {
    if (step.kind === 'run' && step.undo !== null) await ssh.get(hostOf(runbook, step.on), step.undo);
  }
}

interface Followed {
  readonly captured: Readonly<Record<string, string>>;
  readonly markers: { readonly acknowledged: number; readonly newest: number };
}

/** Runs all steps in the order of the file (which keeps every `needs`); throws with the reason of the first that fails. */
async function follow(runbook: Runbook, ssh: RangeClient): Promise<Followed> {
  const captured: Record<string, string> = {};
  const markers = { acknowledged: 0, newest: 0 };
  const canary = startCanary(runbook, ssh, markers);
  for (const step of runbook.steps) {
    if (step.id === runbook.canary?.until) await canary.stop();
    if (step.kind === 'sleep') await pause(step.durationMs);
    else if ('command' in step) Object.assign(captured, await runStep(runbook, step, { ssh, captured }));
    if (step.id === runbook.canary?.readAfter) markers.newest = await canary.read();
  }
  return { captured, markers };
}

type CommandStep = Extract<Step, { readonly command: string }>;

async function runStep(runbook: Runbook, step: CommandStep, { ssh, captured }: { ssh: RangeClient; captured: Record<string, string> }) {
  const script = valueOf(buildScript(step.command, captured));
  const attempts = step.kind === 'wait' ? step.timeoutMs / step.everyMs : step.retry.attempts;
  const wanted = step.kind === 'wait' ? step.stable : 1;
  let reason: string | null = null;
  for (let attempt = 1, good = 0; attempt <= attempts; attempt += 1) {
    const { exitCode, stdout, stderr } = await ssh.run(hostOf(runbook, step.on), script);
    const judgement = judge(step.expect, step.captures, { exitCode: exitCode ?? 255, stdout, stderr });
    good = judgement.reason === null ? good + 1 : 0;
    if (good === wanted) return judgement.captured;
    reason = judgement.reason;
    await pause(step.kind === 'wait' ? step.everyMs : step.retry.everyMs);
  }
  throw new Error(`step ${step.id}: ${reason}`);
}

function startCanary({ canary, ...runbook }: Runbook, ssh: RangeClient, markers: { acknowledged: number }) {
  const end = new AbortController();
  const write = async (): Promise<void> => {
    if (canary === null) return;
    for (let seq = 1; !end.signal.aborted; seq += 1) {
      const script = valueOf(buildCanaryScript(canary.write.run, {}, { seq, at: Date.now() }));
      if ((await ssh.run(hostOf(runbook, canary.write.on), script)).exitCode === 0) markers.acknowledged = seq;
      await pause(canary.write.everyMs);
    }
  };
  const written = write();
  return {
    async stop(): Promise<void> {
      end.abort();
      await written;
    },
    async read(): Promise<number> {
      if (canary === null) return 0;
      const { stdout } = await ssh.run(hostOf(runbook, canary.read.on), canary.read.run);
      return valueOf(readMarker(stdout)) ?? 0;
    },
  };
}

function hostOf({ targets }: Pick<Runbook, 'targets'>, name: string): string {
  const target = targets.find((candidate) => candidate.name === name);
  const [host] = target?.by === 'hosts' ? target.hosts : [];
  if (host === undefined) throw new Error(`there is no target ${name}`);
  return host;
}

function valueOf<T>(result: { ok: true; value: T } | { ok: false; refusal: { message: string } }): T {
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}
