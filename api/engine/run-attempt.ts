// Runs one attempt whose intent is committed: starts the command, keeps its output, and takes down what it came to.
import type { CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { judgedStreams } from '../domain/drill/judge.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { conclude, lost, type AttemptEnded } from './conclude.ts';
import { OutputRecorder } from './output-recorder.ts';
import { recordSurely } from './record-surely.ts';
import type { Shell } from './shell.ts';

export interface Attempt {
  readonly drill: string;
  readonly ref: AttemptRef;
  readonly step: CommandStep;
  readonly host: PlanHost;
  readonly script: string;
  readonly timeoutMs: number;
  readonly storedBytes: number;
}

/** Settles when the end is on disk, or the engine was detached. Never rejects. */
export async function runAttempt(shell: Shell, attempt: Attempt, signal: AbortSignal): Promise<void> {
  const { drill, ref, step } = attempt;
  const judged = judgedStreams(step.expect, step.captures);
  const output = new OutputRecorder({ shell, drill, ref, storedBytes: attempt.storedBytes, judged });
  const end = await follow(shell, { attempt, output, signal });
  await output.flush();
  await recordSurely(shell, { drill, event: end });
}

async function follow(shell: Shell, run: { attempt: Attempt; output: OutputRecorder; signal: AbortSignal }): Promise<AttemptEnded> {
  const { attempt, output } = run;
  const { drill, ref, step, host, script, timeoutMs } = attempt;
  try {
    const sink = {
      onLaunched: async () => void (await recordSurely(shell, { drill, event: { type: 'attempt-launched', ...ref } })),
      onOutput: (stream: 'stdout' | 'stderr', offset: number, bytes: Uint8Array) => output.take(stream, offset, bytes),
    };
    const outcome = await shell.remote.run({ host, script, timeoutMs }, sink, run.signal);
    return conclude(outcome, { ref, step, timeoutMs, stdout: output.text('stdout'), stderr: output.text('stderr') });
  } catch (error) {
    shell.log.error({ err: error, drill, step: ref.step, host: ref.host }, 'An attempt ended in an unexpected error');
    return lost(step, ref, `Muster met an unexpected error while it ran (${error instanceof Error ? error.message : String(error)}).`);
  }
}
