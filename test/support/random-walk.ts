// One random drill, happening by happening: people, hosts, time, crashes and stops act on it, and each entry is held against the promises.
import { expect } from 'vitest';
import type { AttemptOutcome, AttemptRef, DrillEvent } from '../../api/domain/drill/journal.ts';
import { planHash, type Plan } from '../../api/domain/drill/plan.ts';
import { replay } from '../../api/domain/drill/reduce.ts';
import { DrillRules } from './drill-rules.ts';
import { DrillStory } from './drill-story.ts';
import type { Control, Happening, What } from './random-happenings.ts';

/** More turns than any drill of this size can need once everything succeeds. */
const TURNS = 400;
const A_DAY_AND_MORE_MS = 25 * 3_600_000;

const PEOPLE = ['p.erson', 'o.ther', 's.tarter'] as const;

export class RandomWalk {
  readonly story: DrillStory;
  /** Types of events that were taken, for a test that wants to know what it has reached. */
  readonly taken = new Set<string>();
  private readonly rules: DrillRules;
  private requests = 0;

  constructor(readonly drill: Plan) {
    this.story = new DrillStory(drill);
    this.rules = new DrillRules(drill);
    this.offer({ type: 'requested', mode: drill.mode, planHash: planHash(drill), approvalsNeeded: 0 }, 'r.quester');
    this.offer({ type: 'started' }, 's.tarter');
  }

  happen([what, pick]: Happening): void {
    const { story } = this;
    const step = this.stepFor(what, pick);
    switch (what) {
      case 'act':
        return this.act(pick);
      case 'end':
        return this.end(pick);
      case 'finish':
        return this.toTheEnd();
      case 'time':
        story.now += pick === 1_000 ? A_DAY_AND_MORE_MS : pick;
        return;
      case 'crash':
        return this.crash(pick);
      case 'lost':
        return this.lose(pick);
      case 'found':
        return this.find(pick);
      case 'full':
        return this.fillDisk();
      case 'canary':
        this.offer({ type: 'canary-acknowledged', marker: story.state.canary.lastMarker + 1, writtenAt: story.now });
        return;
      case 'stop':
        this.offer({ type: 'paused', stop: { reason: 'x' } }, 'a.dmin');
        return;
      case 'again':
        return this.repeat(pick);
      case 'abort':
      case 'accept':
      case 'comment':
      case 'confirm':
      case 'decide':
      case 'pause':
      case 'reopen':
      case 'resume':
      case 'retry':
      case 'revert':
      case 'skip':
      case 'take-over':
        for (const event of this.controlsOf(what, step, pick)) this.ask(event, pick);
    }
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
      for (const ref of this.lives()) this.mustTake(ended(ref, 'succeeded'));
      story.now += 1_000;
    }
    throw new Error(`The drill does not come to its end: ${story.state.run}`);
  }

  /** Most often one that the act is for: people see which steps are in doubt or have failed. */
  private stepFor(what: What, pick: number): string {
    const states =
      what === 'decide' ? ['unknown'] : what === 'confirm' ? ['waiting'] : what === 'retry' ? ['failed', 'timed-out', 'cancelled', 'warned'] : [];
    const fitting = pick % 8 === 0 ? [] : this.story.state.steps.all.filter(({ state }) => states.includes(state));
    const steps = fitting.length > 0 ? fitting : this.drill.steps;
    return steps[pick % steps.length]?.id ?? '';
  }

  private controlsOf(what: Control, step: string, pick: number): readonly DrillEvent[] {
    const doubtful = this.story.state.steps.get(step)?.attempts.find((one) => one.state === 'unknown' && !one.isSuperseded);
    const host = doubtful?.host ?? (pick % 2 === 0 ? 'alpha' : 'beta');
    switch (what) {
      case 'pause':
        return [{ type: 'paused' }];
      case 'resume':
        return [{ type: 'resumed' }];
      case 'abort':
        return pick % 4 === 0 ? [{ type: 'abort-requested', form: (['now', 'finish', 'undo'] as const)[pick % 3] ?? 'now', reason: 'x' }] : [];
      case 'take-over':
        return [{ type: 'taken-over', from: pick % 5 === 0 ? 'n.obody' : (this.story.state.inCharge?.name ?? null), reason: 'x' }];
      case 'reopen':
        return [{ type: 'reopened', reason: 'x' }];
      case 'revert':
        return [{ type: 'revert-requested', reason: 'x' }];
      case 'accept':
        return pick % 4 === 0 ? [{ type: 'undo-accepted', reason: 'x' }] : [];
      case 'confirm': {
        const outcome = (['done', 'done', 'failed', 'not-applicable'] as const)[pick % 4] ?? 'done';
        return [{ type: 'step-confirmed', step, outcome, note: null }];
      }
      case 'retry':
        return [{ type: 'step-retried', step, reason: null, ...(pick % 3 === 0 ? { isEverywhere: true } : {}) }];
      case 'skip':
        return [{ type: 'step-skipped', step, reason: 'x' }];
      case 'decide':
        return [
          { type: 'unknown-decided', step, host, decision: (['succeeded', 'failed', 'new-attempt'] as const)[pick % 3] ?? 'failed', reason: 'x' },
        ];
      case 'comment':
        return [pick % 2 === 0 ? { type: 'commented', text: 'x' } : { type: 'step-commented', step, text: 'x' }];
    }
  }

  /** A person acts on what they have seen, which may be a few entries old. */
  private ask(event: DrillEvent, pick: number): void {
    const { seq } = this.story.state;
    const basedOn = pick % 3 === 0 ? null : Math.max(1, seq - (pick % 4));
    this.requests += 1;
    this.offer({ ...event, asked: { id: `request-${this.requests}`, basedOn } }, PEOPLE[pick % PEOPLE.length] ?? 'p.erson');
  }

  /** The client of a person sends once more what has been taken down: nothing changes. */
  private repeat(pick: number): void {
    const known = Object.values(this.story.state.requests);
    const entry = known[pick % Math.max(1, known.length)];
    if (entry !== undefined && this.offer(entry.event, entry.by)) throw new Error('a request was taken down twice');
  }

  private offer(event: DrillEvent, by: string | null = null): boolean {
    const before = this.story.state;
    const refusal = this.story.offer(event, by);
    if (refusal !== null) {
      expect(this.story.state).toBe(before);
      return false;
    }
    this.rules.check(event, (step) => before.steps.get(step)?.state);
    this.taken.add(event.type);
    return true;
  }

  private mustTake(event: DrillEvent): void {
    if (!this.offer(event)) throw new Error(`The reducer refuses its own effect: ${event.type}`);
  }

  private act(pick: number): void {
    const due = this.story.due();
    const effect = due[pick % Math.max(1, due.length)];
    if (effect === undefined) return;
    if (effect.type === 'record') this.mustTake(effect.event);
    if (effect.type === 'write-canary') this.mustTake({ type: 'canary-missed', marker: this.story.state.canary.lastMarker + 1, reason: 'x' });
    if (effect.type === 'read-canary') this.mustTake({ type: 'canary-read', newestMarker: null, dataLossMs: null, reason: 'x' });
    if (effect.type === 'cancel') this.mustTake(ended(effect.ref, 'cancelled'));
    if (effect.type !== 'launch') return;
    const durable = this.mayRepeat(effect.ref) ? {} : { id: JSON.stringify(effect.ref) };
    this.mustTake({ type: 'attempt-intended', ...effect.ref, commandHash: '', hostKeys: [], deadlineAt: 0, ...durable });
    if (pick % 5 !== 0) this.mustTake({ type: 'attempt-launched', ...effect.ref });
  }

  private end(pick: number): void {
    const live = this.liveOne(pick);
    if (live === undefined) return;
    const outcome = (['succeeded', 'succeeded', 'succeeded', 'failed', 'timed-out', 'cancelled'] as const)[pick % 6] ?? 'succeeded';
    this.mustTake(ended(live, outcome));
  }

  /** The connection is gone: its host is looked for, or it is given up. */
  private lose(pick: number): void {
    const live = this.liveOne(pick);
    if (live !== undefined) this.mustTake(pick % 3 === 0 ? this.lossOf(live) : ended(live, this.mayRepeat(live) ? 'cancelled' : 'unknown'));
  }

  /** A host that was looked for answers: the command runs, has ended, never started, or left no trace. */
  private find(pick: number): void {
    const away = this.lives().filter((live) => live.isAway);
    const live = away[pick % Math.max(1, away.length)];
    if (live === undefined) return;
    const outcome = (['succeeded', 'failed', 'unknown', 'not-started', 'cancelled'] as const)[pick % 5] ?? 'unknown';
    this.mustTake(pick % 3 === 0 ? { type: 'attempt-launched', ...refOf(live) } : ended(live, outcome));
  }

  /** All that is not on disk is gone: the state is what the journal adds up to. Some of what ran may not have been found again yet. */
  private crash(pick: number): void {
    const { story } = this;
    const rebuilt = replay(this.drill, story.state.planHash, story.entries);
    expect(rebuilt).toEqual({ ok: true, value: story.state });
    if (!this.offer({ type: 'recovering', reason: 'x' })) return;
    expect(story.due()).toEqual([]);
    const lives = this.lives();
    if (pick % 4 === 0) {
      // It falls over again in the middle of it, and begins anew.
      for (const live of lives.slice(0, pick % 3)) this.mustTake(this.lossOf(live));
      this.mustTake({ type: 'recovering', reason: 'x' });
    }
    for (const live of this.lives()) this.mustTake(this.lossOf(live));
    this.mustTake({ type: 'recovered' });
  }

  /** Nothing can be written: what is due is not taken down, so it is not done, and is due as before. */
  private fillDisk(): void {
    const before = this.story.due();
    expect(this.story.due()).toEqual(before);
  }

  /** What its host knows by a name is looked for there; all else may be run again, and is over. */
  private lossOf(live: Live): DrillEvent {
    return live.id === null ? ended(live, 'cancelled') : { type: 'attempt-reconciling', ...refOf(live), reason: 'x' };
  }

  private mayRepeat(ref: AttemptRef): boolean {
    const step = this.drill.steps.find((one) => one.id === ref.step);
    return step !== undefined && (step.kind !== 'run' || step.isIdempotent) && !ref.isUndo;
  }

  private liveOne(pick: number): Live | undefined {
    const lives = this.lives();
    return lives[pick % Math.max(1, lives.length)];
  }

  private lives(): readonly Live[] {
    return this.story.state.steps.all.flatMap((step) =>
      step.attempts.flatMap(({ host, attempt, isUndo, state, id, reconciling }) =>
        state === 'intent' || state === 'launched' ? [{ step: step.id, host, attempt, isUndo, id, isAway: reconciling !== null }] : [],
      ),
    );
  }
}

interface Live extends AttemptRef {
  /** Null when its host does not know it by a name. */
  readonly id: string | null;
  readonly isAway: boolean;
}

function refOf({ step, host, attempt, isUndo }: AttemptRef): AttemptRef {
  return { step, host, attempt, isUndo };
}

function ended(ref: AttemptRef, outcome: AttemptOutcome): DrillEvent {
  return { type: 'attempt-ended', ...refOf(ref), outcome, exitCode: null, signal: null, reason: outcome === 'succeeded' ? null : 'x', captured: {} };
}
