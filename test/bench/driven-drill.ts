// Drives a drill through the reducer as the engine would, without hosts, files or waiting: for benches and for tests of what a turn costs.
import { effects, type Effect } from '../../api/domain/drill/effects.ts';
import type { AttemptRef, DrillEvent, JournalEntry } from '../../api/domain/drill/journal.ts';
import { planHash, type Plan } from '../../api/domain/drill/plan.ts';
import { apply, initialState } from '../../api/domain/drill/reduce.ts';
import type { DrillState } from '../../api/domain/drill/state.ts';

export class DrivenDrill {
  state: DrillState;
  now = Date.UTC(2026, 9, 5, 14, 0);
  readonly entries: JournalEntry[] = [];
  private readonly running: AttemptRef[] = [];

  constructor(readonly plan: Plan) {
    this.state = initialState(plan, planHash(plan));
    this.record({ type: 'requested', mode: plan.mode, planHash: this.state.planHash, approvalsNeeded: 0 }, 'r.quester');
    this.record({ type: 'started' }, 's.tarter');
  }

  /** To its end, or until `until` says so: all that is due is done at once, and the command that runs longest succeeds. */
  toTheEnd(until: (state: DrillState) => boolean = () => false): this {
    while (this.state.finishedAt === null && !until(this.state)) {
      const due = effects(this.state, this.now);
      for (const effect of due) this.act(effect);
      const first = this.running.shift();
      if (first !== undefined) this.finish(first);
      else if (due.length === 0) throw new Error(`Nothing happens any more: ${this.state.run}`);
      this.now += 10;
    }
    return this;
  }

  record(event: DrillEvent, by: string | null = null): void {
    const entry = { seq: this.state.seq + 1, at: this.now, by, event };
    const next = apply(this.state, entry);
    if (!next.ok) throw new Error(`${event.type}: ${next.refusal.message}`);
    this.state = next.value;
    this.entries.push(entry);
  }

  private act(effect: Effect): void {
    if (effect.type === 'record') this.record(effect.event);
    if (effect.type !== 'launch') return;
    this.record({ type: 'attempt-intended', ...effect.ref, commandHash: 'c'.repeat(64), hostKeys: [], deadlineAt: this.now + 10_000 });
    this.record({ type: 'attempt-launched', ...effect.ref });
    this.running.push(effect.ref);
  }

  private finish(ref: AttemptRef): void {
    this.record({ type: 'output', ...ref, stream: 'stdout', offset: 0, length: 10 });
    this.record({ type: 'attempt-ended', ...ref, outcome: 'succeeded', exitCode: 0, signal: null, reason: null, captured: {} });
  }
}
