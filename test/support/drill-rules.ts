// The promises of the drill engine, checked entry by entry from the journal alone: an oracle that shares nothing with the reducer.
import type { AbortForm, AttemptRef, DrillEvent } from '../../api/domain/drill/journal.ts';
import type { Plan, PlanStep } from '../../api/domain/drill/plan.ts';
import { rowsOf } from '../../api/domain/drill/rows.ts';
import { ancestorsOf } from '../../api/domain/runbook/step-order.ts';
import type { StepState } from '../../api/domain/drill/state.ts';

export class DrillRules {
  private readonly live = new Map<string, AttemptRef>();
  /** Whether the command may be started on this host, and how many attempts its retry still has. */
  private readonly permits = new Map<string, { may: boolean; left: number }>();
  private abort: AbortForm | null = null;
  private readonly saidGo = new Set<string>();
  /** Rows that ended badly for good, as far as the journal alone shows it. */
  private readonly badRows = new Set<string>();
  /** What always runs has begun, although nobody aborted. */
  private isClosing = false;

  private isPaused = false;
  /** Rows on which the command succeeded, ran or may have run, and was undone. */
  private readonly well = new Set<string>();
  private readonly touched = new Set<string>();
  private readonly undone = new Set<string>();
  /** Nobody can tell whether its undo ran. */
  private readonly doubtfulUndo = new Set<string>();
  /** Steps that the end of the drill started: a reopening lets them run again. */
  private readonly closing = new Set<string>();
  /** Acts that steer the run, by their place in the journal. */
  private readonly steering: { readonly seq: number; readonly type: string }[] = [];
  private seq = 0;

  constructor(private readonly plan: Plan) {}

  /** Throws when the event breaks a promise. `before` gives the states of steps ahead of it. */
  check(event: DrillEvent, before: (step: string) => StepState | undefined): void {
    this.seq += 1;
    this.steer(event, before);
    if (event.type === 'attempt-intended') this.intend(event, before);
    if (event.type === 'attempt-launched') this.touch(event);
    if (event.type === 'attempt-ended') this.end(event);
    if (event.type === 'step-confirmed' && event.outcome === 'done') this.saidGo.add(event.step);
    if (event.type === 'step-retried') {
      for (const host of this.hosts(event.step)) {
        if (event.isEverywhere === true || !this.well.has(`${event.step} ${host}`)) this.renew(event.step, host);
      }
    }
    if (event.type === 'unknown-decided') this.decide(event);
    if (event.type === 'finished' && this.live.size > 0) throw new Error('finished while a command runs');
  }

  /** Whoever acts on the run has seen every act on it before. */
  private steer(event: DrillEvent, before: (step: string) => StepState | undefined): void {
    if (!STEERING.includes(event.type)) return;
    const basedOn = event.asked?.basedOn ?? null;
    const unseen = this.steering.find(({ seq }) => basedOn !== null && seq > basedOn);
    if (unseen !== undefined) throw new Error(`${event.type} was taken although ${unseen.type} had not been seen`);
    this.steering.push({ seq: this.seq, type: event.type });
    if (event.type === 'paused') this.isPaused = true;
    if (event.type === 'resumed') this.isPaused = false;
    if (event.type === 'abort-requested') [this.abort, this.isPaused] = [event.form, false];
    if (event.type === 'reopened') this.reopen();
    if (event.type === 'revert-requested') this.revert(before);
  }

  private reopen(): void {
    [this.abort, this.isPaused, this.isClosing] = [null, true, false];
    if (this.undone.size > 0) throw new Error('a drill goes on although something was undone');
    for (const step of this.closing) for (const host of this.hosts(step)) this.renew(step, host);
    this.closing.clear();
  }

  private revert(before: (step: string) => StepState | undefined): void {
    [this.abort, this.isPaused] = ['undo', false];
    for (const step of this.plan.steps) if (isBad(before(step.id))) for (const host of this.hosts(step.id)) this.renew(step.id, host);
  }

  private touch(ref: AttemptRef): void {
    if (!ref.isUndo) this.touched.add(`${ref.step} ${ref.host}`);
  }

  private decide(event: Extract<DrillEvent, { type: 'unknown-decided' }>): void {
    const place = `${event.step} ${event.host}`;
    const isUndo = this.live.get(place)?.isUndo === true || this.doubtfulUndo.delete(place);
    // It may run still where its host is away; a person has taken that upon themselves.
    this.live.delete(place);
    if (isUndo) {
      if (event.decision === 'succeeded') this.undone.add(place);
      return;
    }
    this.touched.add(place);
    if (event.decision === 'new-attempt') this.renew(event.step, event.host);
    if (event.decision === 'succeeded') this.well.add(place);
    if (event.decision !== 'failed') this.badRows.delete(place);
  }

  private intend(ref: AttemptRef, before: (step: string) => StepState | undefined): void {
    const step = this.step(ref.step);
    const place = `${ref.step} ${ref.host}`;
    if (this.live.has(place)) throw new Error(`two live attempts at ${place}`);
    this.live.set(place, ref);
    if (this.isPaused && (ref.isUndo || step.kind !== 'wait')) throw new Error(`${place} starts although the drill is paused`);
    if (this.isClosing && !ref.isUndo && step.isAlways !== true && this.abort === null) throw new Error(`${place} starts after the end has begun`);
    if (ref.isUndo) {
      this.isClosing = true;
      const isAlways = 'isUndoAlways' in step && step.isUndoAlways === true;
      if (this.abort !== 'undo' && !isAlways) throw new Error(`undo of ${place} without being asked for`);
      this.checkUndoOrder(step, before);
      return;
    }
    const isReverting = this.plan.steps.some((one) => 'undoStep' in one && one.undoStep === step.id);
    const mayRunInAbort = step.isAlways === true || (this.abort === 'undo' && isReverting);
    if (this.abort !== null && !mayRunInAbort) throw new Error(`${place} starts although the drill is being aborted`);
    if ('isPointOfNoReturn' in step && step.isPointOfNoReturn && !this.saidGo.has(step.id) && !this.isApproved(step, before)) {
      throw new Error(`${place} passes the point of no return without anybody's word`);
    }
    const isStopped = this.plan.steps.some((one) => one.onFailure === 'stop' && isBad(before(one.id)));
    if (isStopped && !mayRunInAbort && before(step.id) === 'pending') throw new Error(`${place} starts although the drill has stopped`);
    if (isStopped && step.isAlways === true && before(step.id) === 'pending') this.isClosing = true;
    if ((isStopped || this.abort !== null) && step.isAlways === true && before(step.id) === 'pending') this.closing.add(step.id);
    this.checkBatch(step, ref);
    // At the end of a drill, what always runs and what reverts does not wait for what will not come.
    if (mayRunInAbort) return this.spend(step, ref.host, place);
    // What has begun goes on, also when something before it is run again.
    const needs = before(step.id) === 'pending' ? step.needs : [];
    for (const need of needs) {
      const state = before(need);
      const isWell = state === 'succeeded' || state === 'warned' || state === 'skipped' || state === 'undone';
      const goesOn = ['continue', 'warn', 'goto'].includes(this.step(need).onFailure);
      const isLetGo = goesOn && isBad(state);
      if (isBad(state) && this.isPassedOver(step, need)) throw new Error(`${place} starts although ${need} goes on elsewhere`);
      if (!isWell && !isLetGo) throw new Error(`${place} starts while ${need} is ${state}`);
    }
    this.spend(step, ref.host, place);
  }

  /** Backwards along the graph: what comes after it and is to be reverted has been. */
  private checkUndoOrder(step: PlanStep, before: (step: string) => StepState | undefined): void {
    for (const later of this.plan.steps) {
      if (!('undo' in later) || !ancestorsOf(this.plan.steps, later.id).has(step.id)) continue;
      const isWanted = this.abort === 'undo' || ('isUndoAlways' in later && later.isUndoAlways === true);
      if (!isWanted || (later.undo === null && later.undoStep === undefined)) continue;
      const rows = this.hosts(later.id).filter((row) => this.touched.has(`${later.id} ${row}`));
      const by = later.undoStep === undefined ? null : before(later.undoStep);
      const isReverted = by === null ? rows.every((row) => this.undone.has(`${later.id} ${row}`)) : by === 'succeeded' || by === 'warned';
      if (rows.length > 0 && !isReverted) throw new Error(`${step.id} is undone before ${later.id}, which came after it`);
    }
  }

  private checkBatch(step: PlanStep, ref: AttemptRef): void {
    if (!('batch' in step) || step.batch === undefined) return;
    const live = [...this.live.values()].filter((one) => one.step === step.id && !one.isUndo).length;
    if (live > step.batch) throw new Error(`${live} rows of ${step.id} at once`);
    const isHeldUp = step.keepGoing !== true && this.hosts(step.id).some((row) => this.badRows.has(`${step.id} ${row}`));
    if (isHeldUp && ref.attempt === 1) throw new Error(`${step.id} starts on ${ref.host} although it failed elsewhere`);
  }

  private spend(step: PlanStep, host: string, place: string): void {
    if (isRepeatable(step)) return;
    const permit = this.permit(step, host);
    if (!permit.may) throw new Error(`${place} starts again, and nobody allowed that`);
    permit.may = false;
    permit.left -= 1;
  }

  private end(event: Extract<DrillEvent, { type: 'attempt-ended' }>): void {
    const place = `${event.step} ${event.host}`;
    this.live.delete(place);
    if (event.isUndo) {
      if (event.outcome === 'succeeded') this.undone.add(place);
      if (event.outcome === 'unknown') this.doubtfulUndo.add(place);
      return;
    }
    if (event.outcome === 'unknown') this.touched.add(place);
    if (event.outcome === 'succeeded') this.well.add(place);
    const permit = this.permit(this.step(event.step), event.host);
    const isCertain = event.outcome === 'failed' || event.outcome === 'timed-out';
    if (isCertain && permit.left > 0) permit.may = true;
    // It is certain that it never ran, so it may be started, as if it had not been.
    if (event.outcome === 'not-started') [permit.may, permit.left] = [true, permit.left + 1];
    const isLast = (isCertain && permit.left <= 0) || event.outcome === 'unknown';
    if (isLast && !isRepeatable(this.step(event.step))) this.badRows.add(`${event.step} ${event.host}`);
  }

  private isApproved(step: PlanStep, before: (step: string) => StepState | undefined): boolean {
    const ancestors = ancestorsOf(this.plan.steps, step.id);
    return this.plan.steps.some((one) => one.kind === 'approve' && ancestors.has(one.id) && before(one.id) === 'succeeded');
  }

  private isPassedOver(step: PlanStep, failed: string): boolean {
    const { goTo } = this.step(failed);
    return goTo !== undefined && step.isAlways !== true && step.id !== goTo && !ancestorsOf(this.plan.steps, step.id).has(goTo);
  }

  private renew(step: string, host: string): void {
    this.permits.set(`${step} ${host}`, { may: true, left: this.step(step).retry.attempts });
    this.badRows.delete(`${step} ${host}`);
    this.well.delete(`${step} ${host}`);
  }

  private permit(step: PlanStep, host: string): { may: boolean; left: number } {
    const known = this.permits.get(`${step.id} ${host}`) ?? { may: true, left: step.retry.attempts };
    this.permits.set(`${step.id} ${host}`, known);
    return known;
  }

  private hosts(id: string): readonly string[] {
    const step = this.step(id);
    return 'hosts' in step ? rowsOf(step) : [];
  }

  private step(id: string): PlanStep {
    const step = this.plan.steps.find((one) => one.id === id);
    if (step === undefined) throw new Error(`no step ${id}`);
    return step;
  }
}

const STEERING: readonly string[] = [
  'started',
  'paused',
  'resumed',
  'abort-requested',
  'taken-over',
  'reopened',
  'revert-requested',
  'undo-accepted',
];

function isBad(state: StepState | undefined): boolean {
  return state === 'failed' || state === 'timed-out' || state === 'cancelled';
}

function isRepeatable(step: PlanStep): boolean {
  return step.kind === 'check' || step.kind === 'wait' || (step.kind === 'run' && (step.isReadOnly || step.isIdempotent));
}
