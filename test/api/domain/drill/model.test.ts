// The reducer against thousands of random drills: whatever happens in whatever order, the promises hold and no drill hangs.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttemptOutcome, DrillEvent } from '../../../../api/domain/drill/journal.ts';
import { planHash, type Plan, type PlanStep } from '../../../../api/domain/drill/plan.ts';
import type { DrillState } from '../../../../api/domain/drill/state.ts';
import { replay } from '../../../../api/domain/drill/reduce.ts';
import { DrillRules } from '../../../support/drill-rules.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { planArb } from '../../../support/random-plans.ts';

const RUNS = 4_000;
/** Each drill takes a few milliseconds; on a busy machine several times that. */
const LIMIT_MS = 120_000;
/** More turns than any drill of this size can need once everything succeeds. */
const TURNS = 400;

/** What happens, and a number that picks to whom. */
const happeningArb = fc.tuple(
  fc.constantFrom(
    ...(['act', 'act', 'act', 'act', 'end', 'end', 'end', 'time', 'time', 'crash', 'pause', 'resume', 'abort'] as const),
    ...(['confirm', 'retry', 'skip', 'decide', 'canary'] as const),
  ),
  fc.nat(1_000),
);

class Walk {
  readonly story: DrillStory;
  private readonly rules: DrillRules;

  constructor(readonly drill: Plan) {
    this.story = new DrillStory(drill);
    this.rules = new DrillRules(drill);
    this.offer({ type: 'requested', mode: drill.mode, planHash: planHash(drill), approvalsNeeded: 0 }, 'r.quester');
    this.offer({ type: 'started' }, 's.tarter');
  }

  offer(event: DrillEvent, by: string | null = null): boolean {
    const before = this.story.state;
    const refusal = this.story.offer(event, by);
    if (refusal !== null) {
      expect(this.story.state).toBe(before);
      return false;
    }
    this.rules.check(event, (step) => before.steps.get(step)?.state);
    return true;
  }

  happen(what: string, pick: number): void {
    const { story } = this;
    const step = this.drill.steps[pick % this.drill.steps.length]?.id ?? '';
    if (what === 'act') this.act(pick);
    if (what === 'end') this.end(pick);
    if (what === 'time') story.now += pick;
    if (what === 'crash') this.crash();
    if (what === 'pause') this.offer({ type: 'paused' }, 'p.erson');
    if (what === 'resume') this.offer({ type: 'resumed' }, 'p.erson');
    if (what === 'abort' && pick % 4 === 0)
      this.offer({ type: 'abort-requested', form: (['now', 'finish', 'undo'] as const)[pick % 3] ?? 'now', reason: 'x' }, 'p.erson');
    if (what === 'confirm')
      this.offer(
        { type: 'step-confirmed', step, outcome: (['done', 'done', 'failed', 'not-applicable'] as const)[pick % 4] ?? 'done', note: null },
        pick % 2 === 0 ? 'p.erson' : 'o.ther',
      );
    if (what === 'retry') this.offer({ type: 'step-retried', step, reason: null }, 'p.erson');
    if (what === 'skip') this.offer({ type: 'step-skipped', step, reason: 'x' }, 'p.erson');
    if (what === 'decide') this.decide(step, pick);
    if (what === 'canary') this.offer({ type: 'canary-acknowledged', marker: story.state.canary.lastMarker + 1, writtenAt: story.now });
  }

  /** From here on nothing goes wrong any more: what is due is done, and what runs succeeds. */
  toTheEnd(): void {
    const { story } = this;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const due = story.due();
      // Markers are written for as long as a person takes.
      const isIdle = due.every((effect) => effect.type === 'write-canary' && story.state.canary.lastMarker > 0);
      if (isIdle && this.lives().length === 0) return;
      for (let index = 0; index < due.length; index += 1) this.act(index);
      for (const ref of this.lives()) this.offer(ended(ref, 'succeeded'));
      story.now += 1_000;
    }
    throw new Error(`The drill does not come to its end: ${story.state.run}`);
  }

  private act(pick: number): void {
    const due = this.story.due();
    const effect = due[pick % Math.max(1, due.length)];
    if (effect?.type === 'record') this.mustTake(effect.event);
    if (effect?.type === 'write-canary') this.mustTake({ type: 'canary-missed', marker: this.story.state.canary.lastMarker + 1, reason: 'x' });
    if (effect?.type === 'read-canary') this.mustTake({ type: 'canary-read', newestMarker: null, dataLossMs: null, reason: 'x' });
    if (effect?.type === 'cancel') this.mustTake(ended(effect.ref, 'cancelled'));
    if (effect?.type !== 'launch') return;
    this.mustTake({ type: 'attempt-intended', ...effect.ref, commandHash: '', hostKeys: [], deadlineAt: 0 });
    if (pick % 5 !== 0) this.mustTake({ type: 'attempt-launched', ...effect.ref });
  }

  private end(pick: number): void {
    const lives = this.lives();
    const live = lives[pick % Math.max(1, lives.length)];
    if (live === undefined) return;
    const outcome = (['succeeded', 'succeeded', 'succeeded', 'failed', 'timed-out', 'unknown'] as const)[pick % 6] ?? 'succeeded';
    this.mustTake(ended(live, outcome === 'unknown' ? this.lossOf(live) : outcome));
  }

  private crash(): void {
    if (!this.offer({ type: 'recovering', reason: 'x' })) return;
    expect(this.story.due()).toEqual([]);
    for (const live of this.lives()) this.mustTake(ended(live, this.lossOf(live)));
    this.mustTake({ type: 'recovered' });
  }

  private decide(step: string, pick: number): void {
    const host = pick % 2 === 0 ? 'alpha' : 'beta';
    const decision = (['succeeded', 'failed', 'new-attempt'] as const)[pick % 3] ?? 'failed';
    this.offer({ type: 'unknown-decided', step, host, decision, reason: 'x' }, 'p.erson');
  }

  private mustTake(event: DrillEvent): void {
    if (!this.offer(event)) throw new Error(`The reducer refuses its own effect: ${event.type}`);
  }

  private lossOf(live: Live): AttemptOutcome {
    const step = this.drill.steps.find((one) => one.id === live.step);
    const mayRepeat = step !== undefined && (step.kind !== 'run' || step.isIdempotent) && !live.isUndo;
    return mayRepeat ? 'cancelled' : 'unknown';
  }

  private lives(): readonly Live[] {
    return this.story.state.steps.all.flatMap((step) =>
      step.attempts.flatMap(({ host, attempt, isUndo, state }) =>
        state === 'intent' || state === 'launched' ? [{ step: step.id, host, attempt, isUndo }] : [],
      ),
    );
  }
}

interface Live {
  readonly step: string;
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
}

function ended(ref: Live, outcome: AttemptOutcome): DrillEvent {
  return { type: 'attempt-ended', ...ref, outcome, exitCode: null, signal: null, reason: outcome === 'succeeded' ? null : 'x', captured: {} };
}

/** However it ended: what always runs has run where there was something to revert, and what is always undone has been tried. */
function expectEnds(state: DrillState): void {
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
    if (!hasTried) expect(state.summary?.isUnclean).toBe(true);
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
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(planArb, fc.array(happeningArb, { maxLength: 60 }), (drill, happenings) => {
      const walk = new Walk(drill);
      for (const [what, pick] of happenings) walk.happen(what, pick);
      walk.toTheEnd();
      const { state, entries } = walk.story;
      const waits = state.run === 'paused' || state.run === 'needs-decision' || state.steps.all.some((step) => step.state === 'waiting');
      if (!waits) expect(['passed', 'late', 'failed', 'aborted']).toContain(state.run);
      if (state.finishedAt !== null) expectEnds(state);
      expectCalls(state);
      expect(replay(drill, state.planHash, entries)).toEqual({ ok: true, value: state });
      expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
      ends.set(state.run, (ends.get(state.run) ?? 0) + 1);
    }),
    { numRuns: RUNS },
  );
  // The walk must reach all of these, or it proves less than it says.
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['passed', 'failed', 'aborted', 'paused', 'needs-decision', 'running']));
});
