// Everything that is needed to start one attempt, taken from the state of its drill.
import { asCommandStep, commandText, findStep, type CommandStep } from '../domain/drill/command-step.ts';
import { waitDeadline } from '../domain/drill/host-progress.ts';
import type { AttemptRef, DrillEvent } from '../domain/drill/journal.ts';
import { buildScript, scriptHash } from '../domain/drill/script.ts';
import type { DrillState } from '../domain/drill/state.ts';
import type { Result } from '../domain/errors.ts';
import type { Attempt } from './run-attempt.ts';

/** One look of a wait gets this long, or its interval when that is longer: a look that hangs must not use up the whole wait. */
const LOOK_MS = 30_000;
/** Also a look that begins at the very end of its wait gets a chance. */
const LEAST_MS = 1_000;

export interface PlannedLaunch {
  readonly intent: Extract<DrillEvent, { readonly type: 'attempt-intended' }>;
  /** Refused when a value cannot be handed to a shell. */
  readonly attempt: Result<Attempt>;
}

/** Throws when the reference names nothing in the plan, which the reducer rules out. */
export function planLaunch(state: DrillState, launch: { drill: string; ref: AttemptRef; now: number }): PlannedLaunch {
  const { drill, ref, now } = launch;
  const planStep = findStep(state.plan, ref.step);
  const step = planStep === null ? null : asCommandStep(planStep);
  const host = state.plan.hosts.find((one) => one.key === ref.host);
  const text = step === null ? null : commandText(step, ref.isUndo);
  if (step === null || host === undefined || text === null) throw new Error(`The plan has no command ${ref.step} on ${ref.host}.`);
  const timeoutMs = timeoutOf(state, { step, ref, now });
  const script = buildScript(text, { ...state.plan.inputs, ...state.captured });
  const commandHash = scriptHash(script.ok ? script.value : text);
  const storedBytes = state.steps[ref.step]?.outputBytes[ref.host] ?? 0;
  return {
    intent: { type: 'attempt-intended', ...ref, commandHash, hostKeys: host.hostKeys, deadlineAt: now + timeoutMs },
    attempt: script.ok ? { ok: true, value: { drill, ref, step, host, script: script.value, timeoutMs, storedBytes } } : script,
  };
}

function timeoutOf(state: DrillState, { step, ref, now }: { step: CommandStep; ref: AttemptRef; now: number }): number {
  const progress = state.steps[step.id];
  if (step.kind !== 'wait' || ref.isUndo || progress === undefined) return step.timeoutMs;
  const untilAt = waitDeadline(step, progress, ref.host) ?? now + step.timeoutMs;
  return Math.max(LEAST_MS, Math.min(untilAt - now, Math.max(LOOK_MS, step.everyMs)));
}
