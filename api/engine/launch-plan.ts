// Everything that is needed to start one attempt, taken from the state of its drill.
import { createHash, randomBytes } from 'node:crypto';
import { asCommandStep, commandText, findStep, isLight, type CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptRef, DrillEvent } from '../domain/drill/journal.ts';
import { LOCAL, type PlanHost } from '../domain/drill/plan.ts';
import { prepareAction } from '../domain/drill/prepare-action.ts';
import { waitDeadline } from '../domain/drill/row-tries.ts';
import { placeOfRow, rowOf, type Row } from '../domain/drill/rows.ts';
import { buildScript, scriptHash } from '../domain/drill/script.ts';
import type { DrillState } from '../domain/drill/state.ts';
import { variablesOf, type Variables } from '../domain/drill/variables.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import { canonicalJson } from '../domain/history/canonical-json.ts';
import type { Attempt, Durable, Work } from './run-attempt.ts';
import { MASK, SecretMask } from './secret-mask.ts';
import { secretsOf } from './secrets-of.ts';
import type { Shell } from './shell.ts';

/** One look of a wait gets this long, or its interval when that is longer: a look that hangs must not use up the whole wait. */
const LOOK_MS = 30_000;
/** Also a look that begins at the very end of its wait gets a chance. */
const LEAST_MS = 1_000;

export interface PlannedLaunch {
  readonly intent: Extract<DrillEvent, { readonly type: 'attempt-intended' }>;
  /** Refused when a value does not fit where it is wanted, or a secret one cannot be opened. */
  readonly attempt: Result<Attempt>;
}

interface Wanted {
  readonly drill: string;
  readonly ref: AttemptRef;
  readonly now: number;
}

/** Throws when the reference names nothing in the plan, which the reducer rules out. */
export function planLaunch(state: DrillState, wanted: Wanted, shell: Pick<Shell, 'seals'>): PlannedLaunch {
  const { drill, ref, now } = wanted;
  const planStep = findStep(state.plan, ref.step);
  const step = planStep === null ? null : asCommandStep(planStep);
  if (step === null) throw new Error(`The plan has no command ${ref.step}.`);
  const row = rowOf(step, ref.host);
  const host = hostOf(state, step, row);
  const timeoutMs = timeoutOf(state, { step, ref, now });
  const storedBytes = state.steps.get(ref.step)?.outputBytes[placeOfRow(step, ref.host) ?? -1] ?? 0;
  const isDurable = host !== null && !isLight(step, ref.isUndo) && (ref.isUndo || step.action === undefined);
  const durable = isDurable ? { id: randomBytes(16).toString('hex'), intendedAt: now } : null;
  const intent = (commandHash: string): PlannedLaunch['intent'] => ({
    type: 'attempt-intended',
    ...ref,
    commandHash,
    hostKeys: host?.hostKeys ?? [],
    deadlineAt: now + timeoutMs,
    ...(durable === null ? {} : { id: durable.id }),
  });
  const opened = openVariables(state, { step, row }, shell);
  if (!opened.ok) return { intent: intent(hashUnfilled(step, ref)), attempt: opened };
  const { variables, mask } = opened.value;
  const work = workOf({ step, ref, host, variables, durable });
  return {
    intent: intent(hashOf(step, ref, variables)),
    attempt: work.ok ? done({ drill, ref, step, work: work.value, timeoutMs, storedBytes, mask }) : work,
  };
}

/** How to go on with one that an earlier process started. Null for one that its host knows nothing of. */
export function planResume(state: DrillState, { drill, ref, now }: Wanted, shell: Pick<Shell, 'seals'>): Result<Attempt> | null {
  const made = state.steps.get(ref.step)?.attempts.find((one) => one.host === ref.host && one.attempt === ref.attempt && one.isUndo === ref.isUndo);
  if (made === undefined || made.id === null) return null;
  const { attempt } = planLaunch(state, { drill, ref, now }, shell);
  if (!attempt.ok || attempt.value.work.kind !== 'command') return attempt;
  const work: Work = { ...attempt.value.work, durable: { id: made.id, intendedAt: made.intendedAt } };
  return done({ ...attempt.value, work, timeoutMs: Math.max(LEAST_MS, made.deadlineAt - now) });
}

/** Null for the machine that runs the drill. */
export function hostOf(state: DrillState, step: CommandStep, row: Row): PlanHost | null {
  if (row.host === LOCAL) return null;
  const host = state.plan.hosts.find((one) => one.key === row.host);
  if (host === undefined) throw new Error(`The plan has no host ${row.host}, where ${step.id} is to run.`);
  return step.user === undefined ? host : { ...host, user: step.user };
}

function openVariables(
  state: DrillState,
  { step, row }: { readonly step: CommandStep; readonly row: Row },
  { seals }: Pick<Shell, 'seals'>,
): Result<{ readonly variables: Variables; readonly mask: SecretMask }> {
  try {
    const variables = variablesOf(state, { step, row }, (sealed) => seals.open(sealed));
    return done({ variables, mask: new SecretMask(secretsOf(state, { seals })) });
  } catch (error) {
    // The one thing that throws in here is a seal: the key file was lost or replaced since the value was given.
    return refused('BAD_STATE', error instanceof Error ? error.message : String(error));
  }
}

interface Assembled {
  readonly step: CommandStep;
  readonly ref: AttemptRef;
  readonly host: PlanHost | null;
  readonly variables: Variables;
  readonly durable: Durable | null;
}

function workOf({ step, ref, host, variables, durable }: Assembled): Result<Work> {
  const { action } = step;
  if (action === undefined || ref.isUndo) {
    const script = buildScript(textOf(step, ref), variables.values, step.env);
    const { shell, become } = step;
    return script.ok ? done({ kind: 'command', host, script: script.value, shell, become, durable }) : script;
  }
  if (action.type !== 'copy-to' && action.type !== 'copy-from') {
    const filled = prepareAction(action, variables.values);
    return filled.ok ? done({ kind: 'action', action: filled.value }) : filled;
  }
  if (host === null) throw new Error(`${step.id} copies a file, and has no host.`);
  const filled = prepareAction(action, variables.values);
  return filled.ok ? done({ kind: 'copy', host, copy: filled.value }) : filled;
}

function textOf(step: CommandStep, ref: AttemptRef): string {
  const text = commandText(step, ref.isUndo);
  if (text === null) throw new Error(`The plan has no command that reverts ${ref.step}.`);
  return text;
}

/** Of what was given to the host; secret values do not count, since from the hash of a short text it can be guessed. */
function hashOf(step: CommandStep, ref: AttemptRef, { values, secrets }: Variables): string {
  if (step.action !== undefined && !ref.isUndo) return hashUnfilled(step, ref);
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, secrets.has(name) ? MASK : value]));
  const script = buildScript(textOf(step, ref), shown, step.env);
  return script.ok ? scriptHash(script.value) : hashUnfilled(step, ref);
}

function hashUnfilled(step: CommandStep, ref: AttemptRef): string {
  const { action } = step;
  if (action === undefined || ref.isUndo) return scriptHash(textOf(step, ref));
  return createHash('sha256').update(canonicalJson(action)).digest('hex');
}

function timeoutOf(state: DrillState, { step, ref, now }: { step: CommandStep; ref: AttemptRef; now: number }): number {
  const progress = state.steps.get(step.id);
  if (step.kind !== 'wait' || ref.isUndo || progress === undefined) return step.timeoutMs;
  const untilAt = waitDeadline(step, progress, ref.host) ?? now + step.timeoutMs;
  return Math.max(LEAST_MS, Math.min(untilAt - now, Math.max(LOOK_MS, step.everyMs)));
}
