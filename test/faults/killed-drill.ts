// One drill, killed once or twice on its way, and what is then asked of it: nothing twice, nothing lost, an end or a question.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../api/db/open-database.ts';
import { planHash } from '../../api/domain/drill/plan.ts';
import { replay } from '../../api/domain/drill/reduce.ts';
import { blankDrill } from '../support/blank-drill.ts';
import { compileApp } from '../support/compiled-app.ts';
import { inSequence, plan, run } from '../support/plan-builder.ts';
import type { TestHost, TestHosts } from '../support/sshd.ts';
import { OF_RECOVERY, type Boundary } from './boundaries.ts';

export interface Kill {
  readonly boundary: Boundary;
  /** How often the boundary is passed before it kills. */
  readonly nth: number;
}

export interface Survived {
  /** Whether the boundary was reached at all: otherwise nobody was killed. */
  readonly wasKilled: boolean;
  readonly result: string | null;
  /** From the start of the server to the end of taking the drill up. */
  readonly recoveredMs: number;
  /** What broke a promise; empty when nothing did. */
  readonly broken: readonly string[];
}

/** Compiled once: a process starts in half the time. Gives the program; the folder is removed by whoever made it. */
export function compileProgram(folder: string): string {
  compileApp(folder, ['test/support', 'test/faults']);
  return join(folder, 'test/faults/drill-program.js');
}

interface Setting {
  readonly program: string;
  readonly servers: TestHosts;
}

const LINES = 400;
/** Both hosts have printed once, when they were done; the third output is that of a command in its middle. */
const AMID_A_COMMAND: Kill = { boundary: 'when output has come', nth: 3 };
/** Removing is asked for and not waited for when a server ends. */
const REMOVED_WITHIN_MS = 20_000;
let made = 0;

/** On hosts of its own. */
export async function killedDrill({ program, servers }: Setting, { boundary, nth }: Kill): Promise<Survived> {
  const { privateKey } = servers;
  const folder = mkdtempSync(join(tmpdir(), 'muster-kill-'));
  const mark = `kill-${(made += 1)}`;
  const hosts = await Promise.all([servers.add(`alpha-${mark}`), servers.add(`beta-${mark}`)]);
  try {
    const file = join(folder, 'muster.db');
    const isOfRecovery = OF_RECOVERY.has(boundary);
    const drill = await request(file, { mark, hosts, waits: isOfRecovery });
    const startProcess = (kill: Kill | null): Promise<Ran> =>
      runProgram([program, file, privateKey, drill, kill?.boundary ?? '', String(kill?.nth ?? 1)]);
    if (isOfRecovery) await startProcess(AMID_A_COMMAND);
    const first = await startProcess({ boundary, nth });
    for (const { home } of hosts) writeFileSync(join(home, `${mark}-go`), '');
    if (first.code !== null && first.code !== 0) throw new Error(`The program ended with ${first.code}: ${first.said}`);
    const last = first.code === 0 ? first : await startProcess(null);
    if (last.code !== 0) throw new Error(`The program ended with ${last.code}: ${last.said}`);
    const { recoveredMs, wasOver }: { recoveredMs: number; wasOver: boolean } = JSON.parse(last.said);
    // Of a drill that was over nobody takes care again: what is left of it on hosts is swept later.
    const left = wasOver ? [] : await stillLeft(hosts);
    const judged = await judge(file, { drill, mark, hosts });
    const broken = left.length === 0 ? judged.broken : [...judged.broken, `Files are left on a host: ${left.join(', ')}`];
    return { wasKilled: first.code !== 0, recoveredMs, result: judged.result, broken };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all(hosts.map((host) => host.stop()));
  }
}

interface Wanted {
  readonly mark: string;
  readonly hosts: readonly TestHost[];
  /** Whether what prints goes on until it is let, or for fifteen seconds: so that a server that is started finds it. */
  readonly waits: boolean;
}

/** On both hosts at once, then on one, with output that is told apart line by line, then on both again. */
async function request(file: string, { mark, hosts, waits }: Wanted): Promise<string> {
  const counted = (id: string, more = ''): string => `echo x >>"$HOME/${mark}-${id}"; ${more}`;
  const printing = `i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo "line $i"; [ $((i % 100)) -ne 0 ] || sleep 0.1; done`;
  const waiting = `; i=0; until [ -e "$HOME/${mark}-go" ] || [ $i -ge 150 ]; do i=$((i+1)); sleep 0.1; done`;
  const all = hosts.map(({ host }) => host.key);
  const steps = inSequence([
    run('first', { hosts: all, command: counted('first', 'echo first') }),
    // Whatever else the machine does meanwhile, its time is not over before it is let go.
    run('print', { hosts: all.slice(0, 1), timeoutMs: 60_000, command: counted('print', waits ? printing + waiting : printing) }),
    run('last', { hosts: all, command: counted('last', 'sleep 0.2; echo last >&2') }),
  ]);
  const wanted = plan(steps, { hosts: hosts.map(({ host }) => host) });
  const database = await openDatabase({ kind: 'sqlite', file });
  await database.migrate();
  const at = Date.now();
  const hash = planHash(wanted);
  const id = await database.write(async ({ drills }) => {
    const created = await drills.create({ ...blankDrill(wanted, at), planHash: hash, state: 'approved' }, wanted);
    const event = { type: 'requested', mode: wanted.mode, planHash: hash, approvalsNeeded: 0 } as const;
    await drills.append(created.id, [{ seq: 1, at, by: 'r.quester', event }], new Map());
    return created.id;
  });
  await database.close();
  return id;
}

async function stillLeft(hosts: readonly TestHost[]): Promise<readonly string[]> {
  const look = (): readonly string[] => hosts.flatMap(({ home }) => leftIn(home));
  for (const end = Date.now() + REMOVED_WITHIN_MS; look().length > 0 && Date.now() < end;) await delay(50);
  return look();
}

interface Ran {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly said: string;
}

async function runProgram(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, said: code === 0 ? said : errors };
}

async function judge(
  file: string,
  { drill, mark, hosts }: { readonly drill: string; readonly mark: string; readonly hosts: readonly TestHost[] },
): Promise<Pick<Survived, 'result' | 'broken'>> {
  const database = await openDatabase({ kind: 'sqlite', file });
  const { drills } = database.stores;
  const broken: string[] = [];
  const [record, wanted, entries] = await Promise.all([drills.find(drill), drills.plan(drill), drills.journal(drill, 0, 100_000)]);
  if (record === null || wanted === null) throw new Error('The drill is gone.');
  if (entries.some(({ seq }, index) => seq !== index + 1)) broken.push('The journal has a hole or a double.');
  const state = replay(wanted, record.planHash, entries);
  if (!state.ok) broken.push(`The journal does not add up: ${state.refusal.message}`);
  const isUnknown = record.state === 'needs-decision';
  if (record.result === null && !isUnknown) broken.push(`The drill is ${record.state}.`);
  for (const step of ['first', 'print', 'last']) {
    for (const target of hosts) {
      const { host } = target;
      const times = target.count(`${mark}-${step}`);
      if (times > 1) broken.push(`${step} ran ${times} times on ${host.key}.`);
      const wasToRun = step !== 'print' || host.key === hosts[0]?.host.key;
      if (record.result === 'passed' && wasToRun && times !== 1) broken.push(`${step} passed on ${host.key}, and ran ${times} times.`);
    }
  }
  const printed = await drills.output({ drill, step: 'print', host: null, after: 0, limit: 100_000, isFromEnd: false });
  const text = Buffer.concat(printed.map(({ bytes }) => bytes)).toString();
  const expected = Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join('');
  if (record.result === 'passed' && text !== expected) broken.push(`${expected.length} bytes were printed, and ${text.length} others are stored.`);
  await database.close();
  return { result: record.result ?? record.state, broken };
}

/** Attempts whose end is stored, and whose files are still there; the claims that keep others from ever starting stay. */
function leftIn(home: string): readonly string[] {
  return readdirSync(join(home, '.muster')).filter((name) => name.endsWith('.result'));
}
