// Each event of a journal as a sentence that people read.
import { formatDuration } from '../duration.ts';
import type { AttemptRef, DrillEvent, JournalEntry } from './journal.ts';
import { asCommandStep, findStep } from './command-step.ts';
import { LOCAL } from './plan.ts';
import type { Plan, PlanStep } from './plan.ts';
import { rowOf } from './rows.ts';

/** In the past tense, with the person where there was one. */
export function describeEvent(entry: JournalEntry, plan: Plan): string {
  const { event } = entry;
  const who = entry.by ?? 'Muster';
  const stepOf = (id: string): PlanStep | null => findStep(plan, id);
  const title = (id: string): string => `“${stepOf(id)?.title ?? id}”`;
  if ('attempt' in event) return describeAttempt(event, title(event.step), placeOf(stepOf(event.step), event.host));
  if ('step' in event) return describeStep(event, who, { name: title(event.step), step: stepOf(event.step) });
  return describeRun(event, who);
}

type AttemptEvent = Extract<DrillEvent, AttemptRef>;
type StepEvent = Exclude<Extract<DrillEvent, { step: string }>, AttemptRef>;
type RunEvent = Exclude<DrillEvent, { step: string }>;

/** `ledger-a`, or `ledger-a (item 2)`: what an item is can be secret. */
function placeOf(step: PlanStep | null, row: string): string {
  const command = step === null ? null : asCommandStep(step);
  const host = command === null ? row : rowOf(command, row).host;
  const item = row.slice(host.length + 1);
  return `${host === LOCAL ? 'this machine' : host}${item === '' ? '' : ` (item ${item})`}`;
}

function describeAttempt(event: AttemptEvent, step: string, place: string): string {
  const what = `${event.isUndo ? `The undo of ${step}` : step} on ${place}${event.attempt > 1 ? `, attempt ${event.attempt},` : ''}`;
  switch (event.type) {
    case 'attempt-intended':
      return `${what} is about to start.`;
    case 'attempt-launched':
      return `${what} started.`;
    case 'attempt-reconciling':
      return `${what}: Muster finds out how it stands. ${event.reason}`;
    case 'output':
      return `${what} wrote ${event.length} bytes to ${event.stream}.`;
    case 'attempt-ended':
      return event.reason === null ? `${what} ${OUTCOMES[event.outcome]}.` : `${what} ${OUTCOMES[event.outcome]}: ${event.reason}`;
  }
}

const OUTCOMES = {
  succeeded: 'succeeded',
  failed: 'failed',
  'timed-out': 'ran out of time',
  cancelled: 'was cancelled',
  unknown: 'ended unknown',
  'not-started': 'was not started',
} as const;

const CONFIRMED = { done: 'as done', failed: 'as failed', 'not-applicable': 'as not applicable' } as const;
const DECIDED = { succeeded: 'that it succeeded', failed: 'that it failed', 'new-attempt': 'to start it again' } as const;

interface Named {
  readonly name: string;
  readonly step: PlanStep | null;
}

function describeStep(event: StepEvent, who: string, { name: step, step: planStep }: Named): string {
  const isDecision = planStep !== null && planStep.kind !== 'confirm';
  switch (event.type) {
    case 'step-waiting':
      return isDecision ? `${step} waits for go or no-go.` : `${step} waits for a person.`;
    case 'step-confirmed':
      if (isDecision) return `${who} said ${event.outcome === 'done' ? 'go' : 'no-go'} for ${step}${noted(event.note)}`;
      return `${who} confirmed ${step} ${CONFIRMED[event.outcome]}${noted(event.note)}`;
    case 'sleep-started':
      return `${step} began.`;
    case 'sleep-ended':
      return `${step} is over.`;
    case 'step-skipped':
      return `${step} was skipped by ${who}: ${event.reason}`;
    case 'step-failed':
      return `${step} failed: ${event.reason}`;
    case 'call-ended':
      return `The runbook that ${step} calls has ended.`;
    case 'step-retried':
      return `${who} had ${step} run again${event.isEverywhere === true ? ' on all its hosts' : ''}${noted(event.reason)}`;
    case 'step-commented':
      return `${who} on ${step}: ${event.text}`;
    case 'unknown-decided':
      return `${who} decided about ${step} on ${placeOf(planStep, event.host)} ${DECIDED[event.decision]}: ${event.reason}`;
  }
}

function describeRun(event: RunEvent, who: string): string {
  switch (event.type) {
    case 'requested':
      return `${who} asked for this ${event.mode}.`;
    case 'approved':
      return `${who} approved the plan${noted(event.note)}`;
    case 'rejected':
      return `${who} turned the plan down: ${event.reason}`;
    case 'expired':
      return `The drill expired: ${event.reason}`;
    case 'started':
      return `${who} declared the drill and started it.`;
    case 'paused':
      return event.stop === undefined ? `${who} paused the drill.` : `${who} stopped all drills, and this one is paused: ${event.stop.reason}`;
    case 'resumed':
      return `${who} let the drill go on.`;
    case 'abort-requested':
      return `${who} aborted the drill (${ABORTS[event.form]}): ${event.reason}`;
    case 'taken-over':
      return `${who} took the drill over${event.from === null ? '' : ` from ${event.from}`}: ${event.reason}`;
    case 'reopened':
      return `${who} reopened the drill, which goes on from where it stopped: ${event.reason}`;
    case 'revert-requested':
      return `${who} had what the drill left behind undone: ${event.reason}`;
    case 'recovering':
      return `Muster takes the drill up again: ${event.reason}`;
    case 'recovered':
      return 'Muster knows again how every step stands.';
    case 'canary-acknowledged':
      return `Marker ${event.marker} was written.`;
    case 'canary-missed':
      return `Marker ${event.marker} was not written: ${event.reason}`;
    case 'canary-read':
      return event.dataLossMs === null
        ? `The data loss could not be measured: ${event.reason ?? 'no marker was found.'}`
        : `Data loss measured: ${formatDuration(event.dataLossMs)}.`;
    case 'commented':
      return `${who}: ${event.text}`;
    case 'undo-accepted':
      return `${who} accepted what was not put back: ${event.reason}`;
    case 'finished':
      return `The drill ${ENDS[event.result]}${event.summary.recoveryMs === null ? '' : `, recovered in ${formatDuration(event.summary.recoveryMs)}`}.`;
  }
}

const ABORTS = { now: 'stop now', finish: 'finish what runs', undo: 'undo what was done' } as const;
const ENDS = { passed: 'passed', late: 'passed, and missed an objective', failed: 'failed', aborted: 'was aborted' } as const;

function noted(note: string | null): string {
  return note === null ? '.' : `: ${note}`;
}
