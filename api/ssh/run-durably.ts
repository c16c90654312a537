// A command that starts at most once: it outlives the connection and this process, and is followed until its end is known, however often the link breaks.
import { LEAVE, type DurableCommand, type RemoteOutcome, type RemoteSink } from '../application/ports.ts';
import { Alarm } from './alarm.ts';
import { DurableOutput } from './durable-output.ts';
import { DurableReader } from './durable-reader.ts';
import { isAnnounced, quitRequest, runRequest } from './host-program.ts';
import { LaneLost } from './lane-lost.ts';
import type { Lanes } from './lanes.ts';
import type { SshLimits } from './limits.ts';
import { noShell } from './no-shell.ts';
import { Quiet } from './quiet.ts';
import { hostState, type HostState } from './host-state.ts';
import { SshError } from './ssh-error.ts';

/** Most commands end sooner, and cost no look at all. */
const FIRST_LOOK_MS = 300;
/** Then the log should move as people read, and a quiet command be left in peace. */
const SHORT_LOOK_MS = 400;
const LONG_LOOK_MS = 2_000;
const LONGER = 1.5;
/** While a host cannot be reached; the first tries come quickly, since most links are soon back. */
const SHORT_TRY_MS = 500;
/** Whoever cancels is told within this time that the host did not answer. */
const CANCEL_MS = 30_000;
/** The host's own watchdog acts so long after Muster would have. */
const WATCHDOG_GRACE_S = 5;
/** Clocks of hosts are not trusted: of how long a host has been up, to the second. */
const BOOT_SLACK_MS = 5_000;

export interface DurableParts {
  readonly lanes: Lanes;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
  readonly limits: SshLimits;
  /** Aborted when nothing more is to be done: the command is left as it is. */
  readonly closing: AbortSignal;
}

type Stop = 'timed-out' | 'cancelled';
type Answer = HostState | { readonly kind: 'lost' };

export class DurableRun {
  private readonly output: DurableOutput;
  private readonly reader: DurableReader;
  private stop: Stop | null = null;
  private isLeft = false;
  private giveUpAt = Number.POSITIVE_INFINITY;
  private pauseMs = FIRST_LOOK_MS;
  private failures = 0;
  private timer: NodeJS.Timeout | null = null;
  /** From here on the host may have begun. */
  private isAsked = false;
  private isStarted = false;
  private readonly changed = new Alarm();

  constructor(
    private readonly command: DurableCommand,
    private readonly parts: DurableParts,
  ) {
    this.output = new DurableOutput(parts.sink, isAnnounced(shellOf(command)) ? command.id : null);
    this.reader = new DurableReader(command, parts.lanes, this.output);
  }

  /** Rejects only when the sink does; the command is ended then, too. */
  async start(): Promise<RemoteOutcome> {
    if (this.parts.signal.aborted) return { kind: 'cancelled' };
    return this.guard(() => this.follow(this.launch()));
  }

  /** As `start`, for one that was started earlier, maybe by another process. Its output comes from the first byte on. */
  async resume(): Promise<RemoteOutcome> {
    this.pauseMs = 0;
    this.begin();
    return this.guard(() => this.follow(null));
  }

  private async guard(work: () => Promise<RemoteOutcome>): Promise<RemoteOutcome> {
    const { signal, closing } = this.parts;
    const cancel = (): void => (signal.reason === LEAVE ? this.leave() : this.end('cancelled'));
    const wake = (): void => this.changed.ring();
    signal.addEventListener('abort', cancel);
    closing.addEventListener('abort', wake);
    if (signal.aborted) cancel();
    try {
      return await work();
    } catch (error) {
      if (error instanceof SshError) return { kind: 'not-started', stage: error.code, message: error.message };
      await this.quit('cancelled').catch(() => undefined); // the fault of the sink is what counts
      throw error;
    } finally {
      if (this.timer !== null) clearTimeout(this.timer);
      this.changed.stop();
      signal.removeEventListener('abort', cancel);
      closing.removeEventListener('abort', wake);
    }
  }

  /** Its time runs from here. */
  private begin(): void {
    this.isAsked = true;
    this.timer = setTimeout(() => this.end('timed-out'), this.command.timeoutMs);
    this.giveUpAt = Math.min(this.giveUpAt, Date.now() + this.command.timeoutMs + this.parts.limits.ownEndMs);
  }

  /** Rejects with an SshError while it is certain that nothing was asked of the host. */
  private async launch(): Promise<Answer> {
    const { command, parts, output } = this;
    const at = { stdout: 0, stderr: 0 };
    try {
      return await parts.lanes.use(command.host, { isUrgent: false }, async (lane) => {
        if (this.stop !== null) return { kind: 'lost' };
        this.begin();
        const limitS = Math.ceil(command.timeoutMs / 1_000) + WATCHDOG_GRACE_S;
        const quiet = this.tellIfQuiet();
        try {
          const state = await lane.ask((word) => runRequest(word, { ...command, ...shellOf(command), limitS }), {
            onStarted: async () => {
              await quiet.end();
              await this.started();
            },
            onBytes: async (stream, bytes) => {
              const from = at[stream];
              at[stream] += bytes.length;
              await output.give(stream, from, bytes);
            },
          });
          return hostState(state);
        } finally {
          await quiet.end();
        }
      });
    } catch (error) {
      if (!(error instanceof LaneLost)) throw error;
      if (!error.hasAnswered && error.exit !== null) return { kind: 'none', said: error.said };
      return { kind: 'lost' };
    }
  }

  private async started(): Promise<void> {
    this.isStarted = true;
    this.failures = 0;
    await this.parts.sink.onLaunched();
    if (this.stop !== null) this.quitSoon(this.stop);
  }

  /** Looks at the host from time to time, and for nothing else once the lane that started the command has no answer to give. */
  private async follow(launched: Promise<Answer> | null): Promise<RemoteOutcome> {
    let answer = launched;
    for (;;) {
      const pause = this.changed.wait(this.pauseMs);
      const said = await (answer === null ? pause : Promise.race([answer, pause]));
      if (said !== undefined) {
        answer = null;
        this.pauseMs = 0;
        const outcome = await this.outcomeOf(said);
        if (outcome !== null) return outcome;
      }
      if (this.stop !== null && !this.isAsked) return { kind: this.stop };
      if (this.isLeft) return { kind: 'lost', message: 'It was followed no longer.' };
      if (this.parts.closing.aborted) return { kind: 'lost', message: 'Muster ended while it ran.' };
      if (Date.now() > this.giveUpAt) return { kind: 'lost', message: this.whyGivenUp() };
      if (answer !== null && !this.isStarted) continue;
      const seen = await this.look();
      const outcome = seen === undefined ? null : await this.outcomeOf(seen);
      if (outcome !== null) return outcome;
    }
  }

  /** Undefined when there is nothing to go by: its host cannot be reached, or has more to tell. */
  private async look(): Promise<Answer | undefined> {
    const quiet = this.tellIfQuiet();
    try {
      const { state, isNew, isMore } = await this.reader.look(() => quiet.heard());
      const longer = Math.min(LONG_LOOK_MS, Math.max(SHORT_LOOK_MS, this.pauseMs * LONGER));
      this.pauseMs = isMore ? 0 : isNew ? SHORT_LOOK_MS : longer;
      await this.reached(state);
      return isMore && state.kind === 'ended' ? undefined : state;
    } catch (error) {
      if (!(error instanceof LaneLost || error instanceof SshError)) throw error;
      await this.unreached(error);
      return undefined;
    } finally {
      await quiet.end();
    }
  }

  private async reached(state: HostState): Promise<void> {
    const isNews = this.failures > 0 || !this.isStarted;
    this.failures = 0;
    if (!isNews || (state.kind !== 'alive' && state.kind !== 'ended')) return;
    this.isStarted = true;
    await this.parts.sink.onLaunched();
  }

  private tellIfQuiet(): Quiet {
    const { quietMs } = this.parts.limits;
    return new Quiet(quietMs, () => this.unreached(new Error(`Host ${this.command.host.key} has not answered for ${quietMs / 1_000} s.`)));
  }

  private async unreached(error: Error): Promise<void> {
    this.failures += 1;
    this.pauseMs = Math.min(this.parts.limits.longestTryMs, SHORT_TRY_MS * 2 ** (this.failures - 1));
    if (this.failures === 1) await this.parts.sink.onUnreachable?.(error.message);
  }

  /** Null when the state says nothing yet. */
  private async outcomeOf(state: Answer): Promise<RemoteOutcome | null> {
    switch (state.kind) {
      case 'none':
        return { kind: 'not-started', stage: 'channel', message: this.whyNone(state.said ?? this.output.complaint) };
      case 'alive':
      case 'taken':
      case 'lost':
        return null;
      case 'free':
        return this.neverStarted(state.upMs);
      case 'gone':
        return { kind: 'lost', message: 'It was started, and then it was gone from the host without a result.' };
      case 'ended':
        if (state.isPart) return null;
        await this.reader.readEnds(state.cut ?? '');
        return this.concluded(state);
    }
  }

  private concluded({ exitCode, stop }: Extract<HostState, { kind: 'ended' }>): RemoteOutcome {
    if (stop === 'timed-out' || stop === 'cancelled') return { kind: stop };
    if (!this.output.isHeaded) {
      return { kind: 'not-started', stage: 'channel', message: noShell(this.output.complaint, this.command.become) };
    }
    return { kind: 'exited', exitCode };
  }

  /** The claim was won by us now, so it can never start. After a reboot the files could be gone, and prove nothing. */
  private neverStarted(upMs: number | null): RemoteOutcome {
    if (this.stop === 'cancelled') return { kind: 'cancelled' };
    if (upMs !== null && Date.now() - upMs < this.command.intendedAt - BOOT_SLACK_MS) {
      return { kind: 'void', message: 'The connection ended before the host had started it, and it never will.' };
    }
    return { kind: 'lost', message: 'The host was started anew since then, and what was known of it there is gone.' };
  }

  private end(why: Stop): void {
    if (this.stop !== null) return;
    this.stop = why;
    this.giveUpAt = Math.min(this.giveUpAt, Date.now() + (why === 'cancelled' ? CANCEL_MS : this.parts.limits.ownEndMs));
    if (this.isStarted) this.quitSoon(why);
    this.changed.ring();
  }

  private leave(): void {
    this.isLeft = true;
    this.changed.ring();
  }

  private quitSoon(why: Stop): void {
    void this.quit(why).then(
      () => this.changed.ring(),
      () => this.changed.ring(), // the host cannot be reached: its watchdog ends the command, and `follow` finds that out
    );
  }

  private async quit(reason: Stop): Promise<void> {
    const { command, parts } = this;
    await parts.lanes.use(command.host, { isUrgent: true }, (lane) =>
      lane.ask((word) => quitRequest(word, command.id, { reason, become: command.become }), { onBytes: () => Promise.resolve() }),
    );
  }

  private whyNone(said: string): string {
    return `The folder for its result could not be used (${said.trim() || 'no reason was given'}). Check the room in that user's home folder.`;
  }

  private whyGivenUp(): string {
    if (this.failures > 0) return 'The host could not be reached again in the time that the step has.';
    return `It was to be ended (${this.stop ?? 'timed-out'}), and whether it is gone could not be found out.`;
  }
}

function shellOf({ shell, become }: DurableCommand): { readonly shell: string; readonly become: string | undefined } {
  return { shell: shell ?? 'sh', become };
}
