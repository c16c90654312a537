// Runs the commands of a drill's canary: markers at every tick on the primary side, and the reading on the recovery side.
import { setTimeout as delay } from 'node:timers/promises';
import type { RemoteCommand } from '../application/ports.ts';
import { measureDataLoss, type CanaryReading } from '../domain/drill/canary.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import { readMarker } from '../domain/drill/judge.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { buildCanaryScript } from '../domain/drill/script.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { scopeVariables } from '../domain/drill/variables.ts';
import { recordSurely } from './record-surely.ts';
import { maskOf } from './secrets-of.ts';
import type { Shell } from './shell.ts';

/** A marker that takes longer than this was not acknowledged in any useful sense. */
const WRITE_TIMEOUT_MS = 10_000;
const READ_TIMEOUT_MS = 30_000;
/** The recovery side has just been switched: a reading that fails is tried again before the loss counts as not measured. */
const READ_TRIES = 3;
const READ_PAUSE_MS = 2_000;
/** A marker is a number; an error message is worth a line or two. */
const KEPT_CHARS = 1_000;

interface Written {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Why there is no exit code, or the last that it said. */
  readonly said: string;
}

/** Writes markers until `signal` says so; a write under way then is still brought to its end. */
export async function writeMarkers(shell: Shell, drill: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const state = await shell.journal.state(drill);
    const write = state?.plan.canary?.write;
    if (state === null || write === undefined) return;
    const writtenAt = shell.clock();
    const marker = state.canary.lastMarker + 1;
    const ran = await runCanary(shell, state, { ...write, marker, at: writtenAt, timeoutMs: WRITE_TIMEOUT_MS });
    if (!(await recordSurely(shell, { drill, event: writeEvent(ran, marker, writtenAt) }))) return;
    const pauseMs = Math.max(0, writtenAt + write.everyMs - shell.clock());
    await delay(pauseMs, undefined, { signal }).catch(() => undefined); // the loop's condition sees the end
  }
}

/** Asks the recovery side for its newest marker and takes down the proven loss, or why it was not measured. */
export async function readNewestMarker(shell: Shell, drill: string): Promise<void> {
  for (let tries = 1; !shell.stopping.aborted; tries += 1) {
    const state = await shell.journal.state(drill);
    const read = state?.plan.canary?.read;
    if (state === null || read === undefined) return;
    const at = shell.clock();
    const ran = await runCanary(shell, state, { ...read, marker: state.canary.lastMarker, at, timeoutMs: READ_TIMEOUT_MS });
    const reading = readingOf(ran, state);
    if (reading.isUsable || tries >= READ_TRIES) {
      const { newestMarker, dataLossMs, reason } = reading;
      await recordSurely(shell, { drill, event: { type: 'canary-read', newestMarker, dataLossMs, reason } });
      return;
    }
    await delay(READ_PAUSE_MS, undefined, { signal: shell.stopping }).catch(() => undefined); // the loop's condition sees the end
  }
}

interface CanaryCommand {
  readonly host: string;
  readonly command: string;
  readonly marker: number;
  readonly at: number;
  readonly timeoutMs: number;
}

async function runCanary(shell: Shell, state: DrillState, wanted: CanaryCommand): Promise<Written> {
  const host = state.plan.hosts.find((one): one is PlanHost => one.key === wanted.host);
  if (host === undefined) return { exitCode: null, stdout: '', said: `The plan has no host ${wanted.host}.` };
  try {
    const { values } = scopeVariables(state, '', (sealed) => shell.seals.open(sealed));
    const script = buildCanaryScript(wanted.command, values, { seq: wanted.marker, at: wanted.at });
    if (!script.ok) return { exitCode: null, stdout: '', said: script.refusal.message };
    const ran = await runScript(shell, { host, script: script.value, timeoutMs: wanted.timeoutMs });
    const mask = maskOf(state, shell);
    return { ...ran, stdout: mask.inText(ran.stdout), said: mask.inText(ran.said) };
  } catch (error) {
    // A measurement must not hold up a recovery: a marker is missed, which people see, and the log has the rest.
    shell.log.error({ err: error, host: host.key }, 'A command of the canary ended in an unexpected error');
    return { exitCode: null, stdout: '', said: `Muster met an unexpected error (${error instanceof Error ? error.message : String(error)}).` };
  }
}

async function runScript(shell: Shell, command: RemoteCommand): Promise<Written> {
  const text = { stdout: '', stderr: '' };
  const sink = {
    onLaunched: () => Promise.resolve(),
    onOutput: async (stream: 'stdout' | 'stderr', _offset: number, bytes: Uint8Array) => {
      text[stream] = (text[stream] + Buffer.from(bytes).toString('utf8')).slice(-KEPT_CHARS);
    },
  };
  const outcome = await shell.remote.run(command, sink, shell.detached);
  if (outcome.kind === 'exited') return { exitCode: outcome.exitCode, stdout: text.stdout, said: text.stderr.trim().split('\n').at(-1) ?? '' };
  const said = outcome.kind === 'lost' || outcome.kind === 'not-started' ? outcome.message : `The command was ended (${outcome.kind}).`;
  return { exitCode: null, stdout: text.stdout, said };
}

function writeEvent(ran: Written, marker: number, writtenAt: number): DrillEvent {
  if (ran.exitCode === 0) return { type: 'canary-acknowledged', marker, writtenAt };
  return { type: 'canary-missed', marker, reason: whyNot(ran) };
}

function readingOf(ran: Written, state: DrillState): CanaryReading & { readonly isUsable: boolean } {
  if (ran.exitCode !== 0) return unusable(whyNot(ran));
  const newest = readMarker(ran.stdout);
  return newest.ok ? { ...measureDataLoss(state.canary, newest.value), isUsable: true } : unusable(newest.refusal.message);
}

function unusable(reason: string): CanaryReading & { readonly isUsable: boolean } {
  return { newestMarker: null, dataLossMs: null, reason: `The newest marker could not be read: ${reason}`, isUsable: false };
}

function whyNot(ran: Written): string {
  if (ran.exitCode === null) return ran.said;
  return ran.said === '' ? `The exit code was ${ran.exitCode}.` : `The exit code was ${ran.exitCode}: ${ran.said}`;
}
