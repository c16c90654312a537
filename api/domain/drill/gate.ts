// Whether a step that may start does: its mode, its condition, the condition of the call it stands in, and who has to say go.
import { evaluateCondition, parseCondition, type ConditionValues } from '../runbook/condition.ts';
import { ancestorsOf } from '../runbook/step-order.ts';
import { indexOf } from './plan-index.ts';
import { scopeOf } from './scope-of.ts';
import type { PlanStep } from './plan.ts';
import type { DrillState, StepState } from './state.ts';
import { scopeVariables } from './variables.ts';

export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'skip'; readonly reason: string }
  /** The condition could not be judged: nothing is guessed, so the step fails. */
  | { readonly kind: 'broken'; readonly reason: string };

const OPEN: Gate = { kind: 'open' };

/** For a step whose needs are met. */
export function gateOf(state: DrillState, step: PlanStep): Gate {
  const unrun = unrunReason(state, step);
  if (unrun !== null) return { kind: 'skip', reason: unrun };
  for (const call of callsAround(state, step)) {
    const gate = callGate(state, call);
    if (gate.kind === 'skip') return { kind: 'skip', reason: belongingTo(call, gate.reason) };
    // The call itself fails, and what it says about failures holds.
    if (gate.kind === 'broken') return { kind: 'skip', reason: belongingTo(call, UNJUDGED) };
  }
  return step.kind === 'call' ? callGate(state, step) : conditionGate(state, step);
}

/** A point of no return that nobody has approved before waits for a person to say go. */
export function needsGoAhead(state: DrillState, step: PlanStep): boolean {
  if (!('isPointOfNoReturn' in step) || !step.isPointOfNoReturn || state.steps.get(step.id)?.hasGoAhead === true) return false;
  if (state.plan.mode === 'check' || state.plan.mode === 'dry-run') return false;
  return !approvalsBefore(state, step).some((id) => state.steps.get(id)?.state === 'succeeded');
}

const APPROVALS = new WeakMap<PlanStep, readonly string[]>();

/** Ids of the approvals that a step needs, directly or through others. A step belongs to one plan, so they are found once. */
function approvalsBefore({ plan }: DrillState, step: PlanStep): readonly string[] {
  const { stepOf } = indexOf(plan);
  const known = APPROVALS.get(step) ?? [...ancestorsOf(plan.steps, step.id)].filter((id) => stepOf.get(id)?.kind === 'approve');
  APPROVALS.set(step, known);
  return known;
}

/** Muster runs nothing in this step: a dry run only shows it, a check runs no step at all, a rehearsal can leave it out. */
function unrunReason(state: DrillState, step: PlanStep): string | null {
  if (state.plan.mode === 'check') return 'A check runs no steps.';
  if (step.isLeftOut === true) return 'A rehearsal leaves this step out.';
  return step.isShownOnly
    ? 'A dry run shows this step and does not run it: it changes something, waits for a person, or judges what was not done.'
    : null;
}

/** The outermost first. */
function callsAround(state: DrillState, step: PlanStep): readonly PlanStep[] {
  const { stepOf } = indexOf(state.plan);
  const calls: PlanStep[] = [];
  for (let scope = scopeOf(step.id); scope !== ''; scope = scopeOf(scope)) {
    const call = stepOf.get(scope);
    if (call !== undefined) calls.unshift(call);
  }
  return calls;
}

/** Judged once, when its first step is due; from then on that step tells how it was decided, whatever the condition would say now. */
function callGate(state: DrillState, call: PlanStep): Gate {
  if (call.when === undefined) return OPEN;
  const nested = (indexOf(state.plan).nestedIn.get(call.id) ?? []).map((step) => state.steps.get(step.id));
  const wasSkippedFor = (reason: string): boolean => nested.some((now) => now?.state === 'skipped' && now.reason === belongingTo(call, reason));
  if (wasSkippedFor(falseReason(call.when))) return { kind: 'skip', reason: falseReason(call.when) };
  if (wasSkippedFor(UNJUDGED)) return { kind: 'broken', reason: brokenReason(call.when, 'could not be judged when its first step was due') };
  // Also where a reopening lets it run again.
  const hasBegun = nested.some((now) => now !== undefined && ((now.state !== 'pending' && now.state !== 'skipped') || now.attempts.length > 0));
  return hasBegun ? OPEN : conditionGate(state, call);
}

const UNJUDGED = 'Its condition cannot be judged.';

function belongingTo(call: PlanStep, reason: string): string {
  return `It belongs to “${call.title}”: ${reason}`;
}

function falseReason(when: string): string {
  return `\`${when}\` is false.`;
}

function brokenReason(when: string, why: string): string {
  return `Its condition \`${when}\` ${why}.`;
}

function conditionGate(state: DrillState, step: PlanStep): Gate {
  if (step.when === undefined) return OPEN;
  const scope = scopeOf(step.id);
  const judged = evaluateCondition(step.when, { ...variablesIn(state, scope), mode: state.plan.mode, steps: statesFor(state, scope, step.when) });
  if (!judged.ok) return { kind: 'broken', reason: brokenReason(step.when, judged.refusal.message) };
  return judged.value ? OPEN : { kind: 'skip', reason: falseReason(step.when) };
}

type Seen = Pick<ConditionValues, 'inputs' | 'values'>;

const SEEN = new WeakMap<DrillState['captured'], { readonly plan: DrillState['plan']; readonly byScope: Map<string, Seen> }>();

/** The same for every condition of a runbook until something is captured. */
function variablesIn(state: DrillState, scope: string): Seen {
  const known = SEEN.get(state.captured);
  const byScope = known?.plan === state.plan ? known.byScope : new Map<string, Seen>();
  SEEN.set(state.captured, { plan: state.plan, byScope });
  const seen = byScope.get(scope) ?? { inputs: typedInputs(state, scope, scopeVariables(state, scope).values), values: capturedIn(state, scope) };
  byScope.set(scope, seen);
  return seen;
}

function capturedIn(state: DrillState, scope: string): Readonly<Record<string, string>> {
  const prefix = scope === '' ? '' : `${scope}/`;
  return Object.fromEntries(
    Object.entries(state.captured).flatMap(([key, value]) => (scopeOf(key) === scope ? [[key.slice(prefix.length), value]] : [])),
  );
}

/** Numbers and truth values as such, where the runbook says that its input is one. */
function typedInputs(
  { plan }: DrillState,
  scope: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string | number | boolean>> {
  const names = Object.keys(scope === '' ? plan.inputs : (plan.scopes?.[scope]?.inputs ?? {}));
  const types = scope === '' ? plan.inputTypes : plan.scopes?.[scope]?.inputTypes;
  return Object.fromEntries(names.map((name) => [name, typed(values[name] ?? '', types?.[name])]));
}

function typed(value: string, type: 'number' | 'boolean' | undefined): string | number | boolean {
  if (value === '') return value;
  if (type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

/** By the id that the runbook itself gives. Of a long drill, only those are gathered that the condition names, unless it asks for all. */
function statesFor(state: DrillState, scope: string, when: string): ConditionValues['steps'] {
  const prefix = scope === '' ? '' : `${scope}/`;
  const condition = parseCondition(when);
  if (condition.ok && condition.value.namesItsSteps) {
    const named = condition.value.names.filter(({ of }) => of === 'steps');
    return Object.fromEntries(
      named.flatMap(({ name }) => {
        const progress = scopeOf(`${prefix}${name}`) === scope ? state.steps.get(`${prefix}${name}`) : undefined;
        return progress === undefined ? [] : [[name, { state: WORD_OF[progress.state] }]];
      }),
    );
  }
  return Object.fromEntries(
    state.steps.all.flatMap(({ id, state: now }) => (scopeOf(id) === scope ? [[id.slice(prefix.length), { state: WORD_OF[now] }]] : [])),
  );
}

/** The words of the language for where a step stands. */
const WORD_OF: Readonly<Record<StepState, string>> = {
  pending: 'pending',
  intent: 'running',
  launched: 'running',
  waiting: 'waiting',
  sleeping: 'running',
  succeeded: 'passed',
  warned: 'warned',
  failed: 'failed',
  'timed-out': 'failed',
  cancelled: 'failed',
  skipped: 'skipped',
  unknown: 'unknown',
  undone: 'undone',
};
