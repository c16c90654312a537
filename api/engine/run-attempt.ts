// Runs one attempt whose intent is committed: starts what it does, keeps its output, and takes down what it came to.
import type { RemoteOutcome, RemoteSink } from '../application/ports.ts';
import type { CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { judgedStreams } from '../domain/drill/judge.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { Action, CopyAction } from '../domain/runbook/runbook.ts';
import { conclude, lost, type AttemptEnded } from './conclude.ts';
import { OutputRecorder, type Stream } from './output-recorder.ts';
import { recordSurely } from './record-surely.ts';
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
    }
  | { readonly kind: 'copy'; readonly host: PlanHost; readonly copy: CopyAction }
  | { readonly kind: 'action'; readonly action: Action };

const BOTH: ReadonlySet<Stream> = new Set(['stdout', 'stderr']);

/** Settles when the end is on disk, or the engine was detached. Never rejects. */
export async function runAttempt(shell: Shell, attempt: Attempt, signal: AbortSignal): Promise<void> {
  const { drill, ref, step, storedBytes, mask } = attempt;
  const isHeld = !ref.isUndo && step.captures.some(({ isSecret }) => isSecret === true);
  const judged = isHeld ? BOTH : judgedStreams(step.expect, step.captures);
  const output = new OutputRecorder({ shell, drill, ref, storedBytes, judged, mask, isHeld });
  const end = await follow(shell, { attempt, output, signal, isHeld });
  await output.finish();
  await recordSurely(shell, { drill, event: end });
}

interface Following {
  readonly attempt: Attempt;
  readonly output: OutputRecorder;
  readonly signal: AbortSignal;
  readonly isHeld: boolean;
}

async function follow(shell: Shell, following: Following): Promise<AttemptEnded> {
  const { attempt, output, signal, isHeld } = following;
  const { drill, ref, step, timeoutMs } = attempt;
  try {
    const sink = {
      onLaunched: async () => void (await recordSurely(shell, { drill, event: { type: 'attempt-launched', ...ref } })),
      onOutput: (stream: Stream, _offset: number, bytes: Uint8Array) => output.take(stream, bytes),
    };
    const outcome = await perform(shell, { attempt, sink, signal });
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
}

function perform({ remote, ownMachine }: Shell, { attempt, sink, signal }: Performing): Promise<RemoteOutcome> {
  const { work, timeoutMs } = attempt;
  switch (work.kind) {
    case 'command': {
      const { host, script, shell, become } = work;
      const command = { script, timeoutMs, shell, become };
      return host === null ? ownMachine.run(command, sink, signal) : remote.run({ ...command, host }, sink, signal);
    }
    case 'copy':
      return remote.copy({ host: work.host, copy: work.copy, timeoutMs }, sink, signal);
    case 'action':
      return ownMachine.act(work.action, timeoutMs, sink, signal);
  }
}
