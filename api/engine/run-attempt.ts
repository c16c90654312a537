// Runs one attempt whose intent is committed: starts what it does, keeps its output, and takes down what it came to.
import type { RemoteOutcome, RemoteSink } from '../application/ports.ts';
import type { CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { judgedStreams } from '../domain/drill/judge.ts';
import type { AttemptProgress } from '../domain/drill/state.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { Action, CopyAction } from '../domain/runbook/runbook.ts';
import { conclude, lost, type AttemptEnded } from './conclude.ts';
import { OutputRecorder, type Stream } from './output-recorder.ts';
import { readSurely, recordSurely, type Happened } from './record-surely.ts';
import { keepSecrets } from './secret-captures.ts';
import type { SecretMask } from './secret-mask.ts';
import type { Shell } from './shell.ts';

export interface Attempt {
  readonly drill: string;
  readonly ref: AttemptRef;
  readonly step: CommandStep;
  readonly work: Work;
  readonly timeoutMs: number;
  readonly storedBytes: number;
  /** Of the secret values that are known before it starts. */
  readonly mask: SecretMask;
}

/** All values are filled in. `host` is null for the machine that runs the drill. */
export type Work =
  | {
      readonly kind: 'command';
      readonly host: PlanHost | null;
      readonly script: string;
      readonly shell: string | undefined;
      readonly become: string | undefined;
      /** For one that starts at most once: what its host knows it by, and since when. */
      readonly durable: Durable | null;
    }
  | { readonly kind: 'copy'; readonly host: PlanHost; readonly copy: CopyAction }
  | { readonly kind: 'action'; readonly action: Action };

export interface Durable {
  readonly id: string;
  readonly intendedAt: number;
}

/** How much of each stream is stored already. */
export type Stored = Readonly<Record<Stream, number>>;

const NOTHING: Stored = { stdout: 0, stderr: 0 };

const BOTH: ReadonlySet<Stream> = new Set(['stdout', 'stderr']);

/** Takes down the end of an attempt, after what else of it is not on disk yet; false when the end was refused, or the engine was detached. Never rejects. */
export type Finish = (all: readonly Omit<Happened, 'drill'>[]) => Promise<boolean>;

/** Settles when the end is on disk, or the engine was detached. Never rejects. */
export async function runAttempt(shell: Shell, attempt: Attempt, { signal, finish }: Steered): Promise<void> {
  return run(shell, { attempt, signal, finish, stored: NOTHING, isResumed: false });
}

/** The same for one that was started before; rejects when what is stored of it cannot be read for a reason that stays. */
export async function resumeAttempt(shell: Shell, attempt: Attempt, { signal, finish }: Steered): Promise<void> {
  const stored = await readSurely(shell, attempt.drill, () => shell.journal.storedOutput(attempt.drill, attempt.ref));
  if (stored !== null) await run(shell, { attempt, signal, finish, stored, isResumed: true });
}

export interface Steered {
  readonly signal: AbortSignal;
  readonly finish: Finish;
}

interface Running extends Steered {
  readonly attempt: Attempt;
  readonly stored: Stored;
  readonly isResumed: boolean;
}

async function run(shell: Shell, { attempt, signal, finish, stored, isResumed }: Running): Promise<void> {
  const { drill, ref, step, storedBytes, mask } = attempt;
  const isHeld = !ref.isUndo && step.captures.some(({ isSecret }) => isSecret === true);
  const judged = isHeld ? BOTH : judgedStreams(step.expect, step.captures);
  const output = new OutputRecorder({ shell, drill, ref, storedBytes: storedBytes - stored.stdout - stored.stderr, stored, judged, mask, isHeld });
  const end = await follow(shell, { attempt, output, signal, isHeld, isResumed });
  const isStored = await finish([...(await output.finish()), { event: end }]);
  // Until its end is stored the host keeps what it came to.
  if (isStored && isForgettable(end.outcome)) forget(shell, attempt);
}

interface Following {
  readonly attempt: Attempt;
  readonly output: OutputRecorder;
  readonly signal: AbortSignal;
  readonly isHeld: boolean;
  readonly isResumed: boolean;
}

async function follow(shell: Shell, following: Following): Promise<AttemptEnded> {
  const { attempt, output, signal, isHeld, isResumed } = following;
  const { drill, ref, step, timeoutMs } = attempt;
  try {
    const sink = {
      onLaunched: async () => output.launched(),
      onUnreachable: async (why: string) => {
        const reason = `Its host cannot be reached: ${attempt.mask.inText(why)} It is tried again.`;
        await recordSurely(shell, { drill, event: { type: 'attempt-reconciling', ...ref, reason } });
      },
      onOutput: (stream: Stream, offset: number, bytes: Uint8Array) => output.take(stream, offset, bytes),
    };
    const outcome = await perform(shell, { attempt, sink, signal, isResumed });
    const about = { ref, step, timeoutMs, stdout: output.text('stdout'), stderr: output.text('stderr') };
    const { mask, withheld, seal } = keepSecrets(outcome, { ...about, known: attempt.mask, seals: shell.seals });
    if (isHeld) output.release(mask, withheld);
    return seal(conclude(outcome, { ...about, mask }));
  } catch (error) {
    shell.log.error({ err: error, drill, step: ref.step, host: ref.host }, 'An attempt ended in an unexpected error');
    if (isHeld) output.release(attempt.mask, BOTH);
    const what = attempt.mask.inText(error instanceof Error ? error.message : String(error));
    return lost(step, ref, `Muster met an unexpected error while it ran (${what}).`);
  }
}

interface Performing {
  readonly attempt: Attempt;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
  readonly isResumed: boolean;
}

function perform({ remote, ownMachine }: Shell, { attempt, sink, signal, isResumed }: Performing): Promise<RemoteOutcome> {
  const { work, timeoutMs } = attempt;
  switch (work.kind) {
    case 'command': {
      const { host, script, shell, become, durable } = work;
      const command = { script, timeoutMs, shell, become };
      if (host === null) return ownMachine.run(command, sink, signal);
      if (durable === null) return remote.run({ ...command, host }, sink, signal);
      return isResumed
        ? remote.resume({ ...command, host, ...durable }, sink, signal)
        : remote.runDurably({ ...command, host, ...durable }, sink, signal);
    }
    case 'copy':
      return remote.copy({ host: work.host, copy: work.copy, timeoutMs }, sink, signal);
    case 'action':
      return ownMachine.act(work.action, timeoutMs, sink, signal);
  }
}

/** What is unknown stays on its host for whoever looks into it, and a claim that keeps it from ever starting has to. */
export function isForgettable(state: AttemptProgress['state']): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'timed-out' || state === 'cancelled';
}

function forget({ remote }: Shell, { work }: Attempt): void {
  if (work.kind === 'command' && work.host !== null && work.durable !== null) remote.forget(work.host, work.durable.id);
}
