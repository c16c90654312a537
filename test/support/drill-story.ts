// Tells a drill event by event: appends to a journal, asks the reducer, and keeps what came of it.
import type { AttemptOutcome, AttemptRef, DrillEvent, JournalEntry } from '../../api/domain/drill/journal.ts';
import { planHash, type Plan } from '../../api/domain/drill/plan.ts';
import { apply, initialState } from '../../api/domain/drill/reduce.ts';
import { effects, type Effect } from '../../api/domain/drill/effects.ts';
import type { DrillState, StepProgress } from '../../api/domain/drill/state.ts';
import type { Refusal } from '../../api/domain/errors.ts';

export class DrillStory {
  state: DrillState;
  now = Date.UTC(2026, 9, 5, 14, 0);
  readonly entries: JournalEntry[] = [];

  constructor(readonly plan: Plan) {
    this.state = initialState(plan, planHash(plan));
  }

  /** Requested, needing no approval, and started. */
  static started(plan: Plan): DrillStory {
    const story = new DrillStory(plan);
    story.tell({ type: 'requested', mode: plan.mode, planHash: planHash(plan), approvalsNeeded: 0 }, 'r.quester');
    story.tell({ type: 'started' }, 's.tarter');
    return story;
  }

  /** Null when it was taken. */
  offer(event: DrillEvent, by: string | null = null): Refusal | null {
    const entry = { seq: this.state.seq + 1, at: this.now, by, event };
    const next = apply(this.state, entry);
    if (!next.ok) return next.refusal;
    this.state = next.value;
    this.entries.push(entry);
    return null;
  }

  /** Throws when it is refused. */
  tell(event: DrillEvent, by: string | null = null): this {
    const refusal = this.offer(event, by);
    if (refusal !== null) throw new Error(`${event.type}: ${refusal.message}`);
    return this;
  }

  /** Records what must be recorded and intends and launches what is due, until nothing more happens by itself. */
  settle(): this {
    for (let effect = this.next(); effect !== undefined; effect = this.next()) {
      if (effect.type === 'record') this.tell(effect.event);
      if (effect.type === 'launch') this.launch(effect.ref);
    }
    return this;
  }

  /** Ends the live attempt of the step, and settles. */
  end(step: string, outcome: AttemptOutcome = 'succeeded', more: { host?: string; reason?: string; captured?: Record<string, string> } = {}): this {
    const live = this.live(step, more.host);
    if (live === undefined) throw new Error(`nothing runs in ${step}`);
    const reason = outcome === 'succeeded' ? null : (more.reason ?? 'It went wrong.');
    this.tell({
      type: 'attempt-ended',
      ...live,
      outcome,
      exitCode: outcome === 'succeeded' ? 0 : null,
      signal: null,
      reason,
      captured: more.captured ?? {},
    });
    return this.settle();
  }

  wait(ms: number): this {
    this.now += ms;
    return this.settle();
  }

  step(id: string): StepProgress {
    const step = this.state.steps.get(id);
    if (step === undefined) throw new Error(`no step ${id}`);
    return step;
  }

  /** Effects that the engine acts on outside the journal. */
  due(): readonly Effect[] {
    return effects(this.state, this.now);
  }

  live(step: string, host?: string): AttemptRef | undefined {
    const found = this.step(step).attempts.find(
      (one) => (one.state === 'intent' || one.state === 'launched') && (host === undefined || one.host === host),
    );
    return found === undefined ? undefined : { step, host: found.host, attempt: found.attempt, isUndo: found.isUndo };
  }

  private next(): Effect | undefined {
    return this.due().find((effect) => effect.type === 'record' || effect.type === 'launch');
  }

  private launch(ref: AttemptRef): void {
    this.tell({ type: 'attempt-intended', ...ref, commandHash: 'c'.repeat(64), hostKeys: [], deadlineAt: this.now + 10_000 });
    this.tell({ type: 'attempt-launched', ...ref });
  }
}
