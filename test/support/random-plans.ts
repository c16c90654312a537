// Random plans with everything that the language can say about the course of a drill.
import * as fc from 'fast-check';
import type { Plan, PlanStep } from '../../api/domain/drill/plan.ts';
import { approve, call, check, confirm, plan, run, sleep, wait } from './plan-builder.ts';

const stepArb = fc.record({
  kind: fc.constantFrom('run', 'run', 'run', 'run', 'check', 'wait', 'confirm', 'sleep', 'approve'),
  needs: fc.array(fc.nat(5), { maxLength: 2 }),
  hosts: fc.constantFrom(['alpha'], ['alpha'], ['alpha', 'beta']),
  onFailure: fc.constantFrom('stop', 'stop', 'continue', 'warn', 'ask', 'undo', 'goto'),
  goTo: fc.nat(5),
  undoStep: fc.option(fc.nat(5), { freq: 3 }),
  isAlways: fc.integer({ min: 0, max: 4 }).map((lot) => lot === 0),
  isUndoAlways: fc.integer({ min: 0, max: 4 }).map((lot) => lot === 0),
  isPoint: fc.integer({ min: 0, max: 5 }).map((lot) => lot === 0),
  isOptional: fc.boolean(),
  batch: fc.constantFrom(undefined, 1),
  keepGoing: fc.boolean(),
  when: fc.constantFrom(
    ...Array.from({ length: 30 }, () => undefined),
    'true',
    'false',
    'steps["s0"].state == "passed"',
    'steps["s0"].state != "passed"',
    'values.gone == "1"',
  ),
  attempts: fc.integer({ min: 1, max: 3 }),
  undo: fc.constantFrom(null, 'undo'),
  isIdempotent: fc.boolean(),
  stable: fc.integer({ min: 1, max: 2 }),
} as const);
type Draft = typeof stepArb extends fc.Arbitrary<infer T> ? T : never;

export const planArb = fc
  .record({ drafts: fc.array(stepArb, { minLength: 1, maxLength: 6, size: 'max' }), hasCanary: fc.boolean() })
  .map(({ drafts, hasCanary }): Plan => {
    const canary = { write: { host: 'alpha', command: 'w', everyMs: 1 }, read: { host: 'beta', command: 'r' }, until: 's0', readAfter: null };
    return plan(withCall(drafts.map((draft, index) => asStep(draft, index, drafts))), { canary: hasCanary ? canary : null });
  });

const CALL = 's4';
const INSIDE: ReadonlySet<string> = new Set(['s1', 's2', 's3']);

/** In longer plans, a call at s4 and the three steps before it inside. */
function withCall(steps: readonly PlanStep[]): readonly PlanStep[] {
  const last = steps[4];
  if (last === undefined) return steps;
  const inside = [...INSIDE].map((id) => `${CALL}/${id}`);
  return steps.map((step) => {
    if (step.id === CALL) return call(CALL, { needs: inside, ...(step.when === undefined ? {} : { when: step.when }) });
    return INSIDE.has(step.id) ? insideOf(step) : outsideOf(step);
  });
}

function outer(id: string): string {
  return INSIDE.has(id) ? CALL : id;
}

/** References go to steps of the same runbook; a failure may also go on at the end of the call. */
function insideOf(step: PlanStep): PlanStep {
  const under = (id: string): string => (INSIDE.has(id) ? `${CALL}/${id}` : id);
  const goTo = step.goTo === undefined ? {} : { goTo: INSIDE.has(step.goTo) ? under(step.goTo) : CALL };
  return { ...revertedWithin(step, (id) => INSIDE.has(id), under), ...goTo, id: under(step.id), needs: step.needs.map(under) };
}

/** What is inside a call is the call to everybody else. */
function outsideOf(step: PlanStep): PlanStep {
  const goTo = step.goTo === undefined ? {} : { goTo: outer(step.goTo) };
  return { ...revertedWithin(step, (id) => !INSIDE.has(id), outer), ...goTo, needs: [...new Set(step.needs.map(outer))] };
}

function revertedWithin(step: PlanStep, isThere: (id: string) => boolean, named: (id: string) => string): PlanStep {
  if (!('undoStep' in step) || step.undoStep === undefined) return step;
  const { undoStep, ...rest } = step;
  return isThere(undoStep) ? { ...rest, undoStep: named(undoStep) } : rest;
}

function asStep(draft: Draft, index: number, drafts: readonly Draft[]): PlanStep {
  const step = bareStep(draft, index, drafts);
  const goTo = draft.onFailure === 'goto' ? goalOf(draft, index, drafts) : null;
  return {
    ...step,
    onFailure: draft.onFailure === 'goto' && goTo === null ? 'stop' : draft.onFailure,
    ...(goTo === null ? {} : { goTo }),
    ...(draft.when === undefined ? {} : { when: draft.when }),
    ...(draft.isAlways ? { isAlways: true } : {}),
    ...(draft.isOptional ? { isOptional: true } : {}),
  };
}

/** Forwards only, to a step that needs this one. */
function goalOf(draft: Draft, index: number, drafts: readonly Draft[]): string | null {
  const goal = drafts[draft.goTo];
  return goal !== undefined && draft.goTo > index && goal.needs.includes(index) ? `s${draft.goTo}` : null;
}

/** Another command further on; never one that reverts something itself. */
function reverter(draft: Draft, index: number, drafts: readonly Draft[]): string | null {
  const by = draft.undoStep === null ? undefined : drafts[draft.undoStep];
  return by?.kind === 'run' && draft.undoStep !== null && draft.undoStep > index && draft.undoStep !== 4 ? `s${draft.undoStep}` : null;
}

function bareStep(draft: Draft, index: number, drafts: readonly Draft[]): PlanStep {
  const id = `s${index}`;
  const needs = [...new Set(draft.needs.filter((need) => need < index).map((need) => `s${need}`))];
  const { hosts } = draft;
  const spread = { hosts, ...(draft.batch === undefined ? {} : { batch: draft.batch }), ...(draft.keepGoing ? { keepGoing: true as const } : {}) };
  const undoStep = reverter(draft, index, drafts);
  const revert =
    undoStep === null
      ? { undo: draft.undo, ...(draft.isUndoAlways && draft.undo !== null ? { isUndoAlways: true as const } : {}) }
      : { undo: null, undoStep };
  const retry = { attempts: draft.attempts, everyMs: 100, backoff: 2 };
  switch (draft.kind) {
    case 'run':
      return run(id, { needs, ...spread, ...revert, retry, isIdempotent: draft.isIdempotent, isPointOfNoReturn: draft.isPoint });
    case 'check':
      return check(id, { needs, ...spread, retry });
    case 'wait':
      return wait(id, { needs, ...spread, stable: draft.stable, timeoutMs: 1_000 });
    case 'confirm':
      return confirm(id, { needs, timeoutMs: 10_000 });
    case 'approve':
      return approve(id, { needs, count: draft.stable, timeoutMs: 10_000 });
    case 'sleep':
      return sleep(id, 500, { needs });
  }
}
