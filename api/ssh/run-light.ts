// A command that may be run again: its output comes straight over the lane, and when the lane is lost so is the command.
import type { RemoteCommand, RemoteOutcome, RemoteSink } from '../application/ports.ts';
import { doRequest } from './host-program.ts';
import { LaneLost } from './lane-lost.ts';
import type { Lane } from './lane.ts';
import { noShell } from './no-shell.ts';

/** What is being ended gets so long until its channel closes, after its processes are gone. */
const LAST_WORD_MS = 2_000;

export interface Light {
  readonly command: RemoteCommand;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
  /** Ends the process group; false when nobody can tell whether it is gone. */
  kill(group: number): Promise<boolean>;
}

type Stop = { readonly reason: 'timed-out' | 'cancelled'; readonly isGone: boolean };

/** Rejects only when the sink does; the command is ended then, too. */
export async function runLight(lane: Lane, light: Light): Promise<RemoteOutcome> {
  const { command, sink, signal } = light;
  const stopping = new Stopping(lane, light);
  const timer = setTimeout(() => stopping.begin('timed-out'), command.timeoutMs);
  const cancel = (): void => stopping.begin('cancelled');
  signal.addEventListener('abort', cancel);
  const launched = sink.onLaunched();
  const offsets = { stdout: 0, stderr: 0 };
  const onBytes = async (stream: 'stdout' | 'stderr', bytes: Buffer): Promise<void> => {
    await launched;
    const offset = offsets[stream];
    offsets[stream] += bytes.length;
    await sink.onOutput(stream, offset, bytes);
  };
  try {
    const state = await lane.ask((word) => doRequest(word, command.script), { onBytes });
    await launched;
    return { kind: 'exited', exitCode: Number(state.slice('exit '.length)) };
  } catch (error) {
    if (!(error instanceof LaneLost)) {
      await stopping.end('cancelled');
      throw error;
    }
    await launched;
    return outcomeOf(error, await stopping.result());
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

/** The ending by force, of the lane with all that it runs: asked for once, the first reason counts. */
class Stopping {
  private running: Promise<Stop> | null = null;

  constructor(
    private readonly lane: Lane,
    private readonly light: Light,
  ) {}

  begin(reason: Stop['reason']): void {
    void this.end(reason);
  }

  end(reason: Stop['reason']): Promise<Stop> {
    this.running ??= this.kill(reason);
    return this.running;
  }

  /** Null when the command ended by itself. */
  async result(): Promise<Stop | null> {
    return this.running;
  }

  private async kill(reason: Stop['reason']): Promise<Stop> {
    const isGone = this.lane.group !== null && (await this.light.kill(this.lane.group));
    await Promise.race([this.lane.gone, new Promise<void>((settle) => setTimeout(settle, LAST_WORD_MS).unref())]);
    this.lane.close();
    return { reason, isGone };
  }
}

function outcomeOf(lost: LaneLost, stopped: Stop | null): RemoteOutcome {
  if (stopped?.isGone === true) return { kind: stopped.reason };
  if (stopped !== null) return { kind: 'lost', message: `It was to be ended (${stopped.reason}), and whether it is gone could not be found out.` };
  if (!lost.hasAnswered && lost.exit !== null) return { kind: 'not-started', stage: 'channel', message: noShell(lost.said, undefined) };
  if (lost.exit?.signal != null) return { kind: 'signalled', signal: lost.exit.signal };
  return { kind: 'lost', message: 'The connection ended before the command did.' };
}
