// The reducer against thousands of random drills: whatever happens in whatever order, the promises hold and no drill hangs.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import type { DrillState } from '../../../../api/domain/drill/state.ts';
import { replay } from '../../../../api/domain/drill/reduce.ts';
import { planArb } from '../../../support/random-plans.ts';
import { happeningArb, type Happening } from '../../../support/random-happenings.ts';
import { RandomWalk } from '../../../support/random-walk.ts';

/** Random drills: 500, with `MUSTER_LONG=1` (npm run test:faults) 10,000, and as many as `MUSTER_SEEDS` says. */
const SEEDS = Number(process.env['MUSTER_SEEDS'] ?? (process.env['MUSTER_LONG'] === '1' ? 10_000 : 500));
/** Each drill takes a few milliseconds; on a busy machine many times that. */
const LIMIT_MS = 120_000 + SEEDS * 60;

/** However it ended: what always runs has run where there was something to revert, and what is always undone has been tried. */
function expectEnds(state: DrillState, isAccepted: boolean): void {
  const isTouched = (step: PlanStep): boolean =>
    state.steps.get(step.id)?.attempts.some(({ isUndo, launchedAt }) => !isUndo && launchedAt !== null) ?? false;
  for (const step of state.plan.steps) {
    const pairs = state.plan.steps.filter((one) => 'undoStep' in one && one.undoStep === step.id);
    const isDue = step.isAlways === true && (pairs.length === 0 || pairs.some(isTouched));
    if (isDue) expect([step.id, state.steps.get(step.id)?.state]).not.toEqual([step.id, 'pending']);
    if (isDue) expect(state.steps.get(step.id)?.reason ?? '').not.toContain('goes on at');
    if (!('isUndoAlways' in step) || step.isUndoAlways !== true || !isTouched(step)) continue;
    const hasTried = state.steps.get(step.id)?.attempts.some(({ isUndo }) => isUndo) ?? false;
    // Nobody can tell whether it ran, or what comes after it could not be reverted: then it is left alone, and told.
    if (!hasTried && !isAccepted) expect(state.summary?.isUnclean).toBe(true);
  }
}

/** A call is taken or not, once: where one of its steps was left out for its condition, none has run. */
function expectCalls(state: DrillState): void {
  for (const step of state.plan.steps) {
    const inside = state.steps.all.filter(({ id }) => id.startsWith(`${step.id}/`));
    const isLeftOut = inside.some(({ reason }) => reason?.startsWith(`It belongs to “${step.title}”: \``) === true);
    if (isLeftOut) expect(inside.flatMap(({ attempts }) => attempts)).toEqual([]);
  }
}

it('keeps its promises in every drill, and every drill ends or waits for a person', { timeout: LIMIT_MS }, () => {
  const reached = new Map<string, number>();
  const count = (name: string): unknown => reached.set(name, (reached.get(name) ?? 0) + 1);
  const property = fc.property(planArb, fc.array(happeningArb, { minLength: 5, maxLength: 80, size: 'max' }), (drill, happenings) => {
    const walk = new RandomWalk(drill);
    for (const happening of happenings) walk.happen(happening);
    walk.toTheEnd();
    const { state, entries } = walk.story;
    const waits = state.run === 'paused' || state.run === 'needs-decision' || state.steps.all.some((step) => step.state === 'waiting');
    if (!waits) expect(['passed', 'late', 'failed', 'aborted']).toContain(state.run);
    if (state.finishedAt !== null) expectEnds(state, walk.taken.has('undo-accepted'));
    expectCalls(state);
    expect(replay(drill, state.planHash, entries)).toEqual({ ok: true, value: state });
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
    count(state.run);
    for (const type of walk.taken) count(type);
  });
  const seed = process.env['MUSTER_SEED'];
  const path = process.env['MUSTER_PATH'];
  const run = fc.check(property, {
    numRuns: SEEDS,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  });
  if (run.failed) throw new Error(sayFailure(run));

  if (path !== undefined) return;
  // The walk must reach all of these, or it proves less than it says.
  expect([...reached.keys()]).toEqual(expect.arrayContaining([...REACHED]));
});

const REACHED = [
  ...(['passed', 'failed', 'aborted', 'paused', 'needs-decision', 'running'] as const),
  ...(['taken-over', 'reopened', 'revert-requested', 'recovered', 'step-retried', 'unknown-decided', 'attempt-reconciling'] as const),
];

/** With the command that runs this one drill again. */
function sayFailure(run: fc.RunDetails<[Plan, Happening[]]>): string {
  const again = `MUSTER_SEED=${run.seed} MUSTER_PATH=${run.counterexamplePath ?? ''}`;
  const cause = run.errorInstance instanceof Error ? (run.errorInstance.stack ?? run.errorInstance.message) : String(run.errorInstance);
  const story = fc.stringify(run.counterexample?.[1]);
  const journal = run.counterexample === null ? '' : journalOf(...run.counterexample);
  return `${cause}\n\nAfter ${run.numRuns} drills, with: ${story}\nin the plan: ${fc.stringify(run.counterexample?.[0].steps)}\nwith the journal:\n${journal}\nRun it again with: ${again} npx vitest run --project api test/api/domain/drill/model.test.ts`;
}

/** As far as it went. */
function journalOf(drill: Plan, happenings: readonly Happening[]): string {
  const walk = new RandomWalk(drill);
  try {
    for (const happening of happenings) walk.happen(happening);
    walk.toTheEnd();
  } catch {
    // This is the failure that the message is about.
  }
  return walk.story.entries.map(({ seq, at, event }) => `${seq} ${new Date(at).toISOString()} ${fc.stringify(event)}`).join('\n');
}
