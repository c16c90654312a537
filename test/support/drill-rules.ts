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

  constructor(private readonly plan: Plan) {}

  /** Throws when the event breaks a promise. `before` gives the states of steps ahead of it. */
  check(event: DrillEvent, before: (step: string) => StepState | undefined): void {
    if (event.type === 'attempt-intended') this.intend(event, before);
    if (event.type === 'attempt-ended') this.end(event);
    if (event.type === 'abort-requested') this.abort = event.form;
    if (event.type === 'step-confirmed' && event.outcome === 'done') this.saidGo.add(event.step);
    if (event.type === 'step-retried') for (const host of this.hosts(event.step)) this.renew(event.step, host);
    if (event.type === 'unknown-decided' && event.decision === 'new-attempt') this.renew(event.step, event.host);
    if (event.type === 'unknown-decided' && event.decision !== 'failed') this.badRows.delete(`${event.step} ${event.host}`);
    if (event.type === 'finished' && this.live.size > 0) throw new Error('finished while a command runs');
  }

  private intend(ref: AttemptRef, before: (step: string) => StepState | undefined): void {
    const step = this.step(ref.step);
    const place = `${ref.step} ${ref.host}`;
    if (this.live.has(place)) throw new Error(`two live attempts at ${place}`);
    this.live.set(place, ref);
    if (this.isClosing && !ref.isUndo && step.isAlways !== true && this.abort === null) throw new Error(`${place} starts after the end has begun`);
    if (ref.isUndo) {
      this.isClosing = true;
      const isAlways = 'isUndoAlways' in step && step.isUndoAlways === true;
      if (this.abort !== 'undo' && !isAlways) throw new Error(`undo of ${place} without being asked for`);
      return;
    }
    const isReverting = this.plan.steps.some((one) => 'undoStep' in one && one.undoStep === step.id);
    const mayRunInAbort = step.isAlways === true || (this.abort === 'undo' && isReverting);
    if (this.abort !== null && !mayRunInAbort) throw new Error(`${place} starts although the drill is being aborted`);
    if ('isPointOfNoReturn' in step && step.isPointOfNoReturn && !this.saidGo.has(step.id) && !this.isApproved(step, before)) {
      throw new Error(`${place} passes the point of no return without anybody's word`);
    }
    const isStopped = this.plan.steps.some((one) => one.onFailure === 'stop' && isBad(before(one.id)));
    if (isStopped && !mayRunInAbort && step.isAlways !== true && before(step.id) === 'pending')
      throw new Error(`${place} starts although the drill has stopped`);
    if (isStopped && step.isAlways === true && before(step.id) === 'pending') this.isClosing = true;
    this.checkBatch(step, ref);
    // At the end of a drill, what always runs and what reverts does not wait for what will not come.
    if (mayRunInAbort) return this.spend(step, ref.host, place);
    for (const need of step.needs) {
      const state = before(need);
      const isWell = state === 'succeeded' || state === 'warned' || state === 'skipped' || state === 'undone';
      const goesOn = ['continue', 'warn', 'goto'].includes(this.step(need).onFailure);
      const isLetGo = goesOn && isBad(state);
      if (isBad(state) && this.isPassedOver(step, need)) throw new Error(`${place} starts although ${need} goes on elsewhere`);
      if (!isWell && !isLetGo) throw new Error(`${place} starts while ${need} is ${state}`);
    }
    this.spend(step, ref.host, place);
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
    this.live.delete(`${event.step} ${event.host}`);
    if (event.isUndo) return;
    const permit = this.permit(this.step(event.step), event.host);
    const isCertain = event.outcome === 'failed' || event.outcome === 'timed-out';
    if (isCertain && permit.left > 0) permit.may = true;
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

function isBad(state: StepState | undefined): boolean {
  return state === 'failed' || state === 'timed-out' || state === 'cancelled';
}

function isRepeatable(step: PlanStep): boolean {
  return step.kind === 'check' || step.kind === 'wait' || (step.kind === 'run' && (step.isReadOnly || step.isIdempotent));
}
