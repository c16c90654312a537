// Controls that come too late: each is checked against what its person had seen, and is told who did what since, and when.
import { refused } from '../../errors.ts';
import { stepName } from '../command-step.ts';
import type { DrillEvent, DrillEventType, JournalEntry } from '../journal.ts';
import type { DrillState } from '../state.ts';
import type { ControlMark, ControlType, StepProgress } from '../step-progress.ts';
import { timeOfDay, who, withStep, type Refused } from './change.ts';

/** Acts on the run as a whole: each of them ends what others were about to do with the run they saw. */
const STEERING: readonly ControlType[] = [
  'started',
  'rejected',
  'expired',
  'paused',
  'resumed',
  'abort-requested',
  'taken-over',
  'reopened',
  'revert-requested',
  'undo-accepted',
];
/** Of these, those that change what every step is there for. */
const TURNS: readonly ControlType[] = ['abort-requested', 'reopened', 'revert-requested'];
/** Two people may approve one after the other, so an approval ends nothing; what steers the run ends it. */
const STEERED: readonly DrillEventType[] = [...STEERING, 'approved'];
const STEP_CONTROLS: readonly ControlType[] = ['step-confirmed', 'step-retried', 'step-skipped', 'unknown-decided'];

/** Null unless it is a repetition, or somebody acted on the same thing after what the person had seen. */
export function tooLate(state: DrillState, event: DrillEvent): Refused | null {
  const { asked } = event;
  if (asked === undefined) return null;
  if (asked.id !== null && Object.hasOwn(state.requests, asked.id)) return refused('CONFLICT', 'This request has been taken down already.');
  if (asked.basedOn === null) return null;
  if (asked.basedOn > state.seq) {
    return refused('INVALID_INPUT', `You name entry ${asked.basedOn} of the journal, and it has ${state.seq}. Load the drill again.`, {
      field: 'basedOn',
    });
  }
  const since = sinceThen(state, event, asked.basedOn);
  return since === null ? null : refused('CONFLICT', `${since} Look at it again before you act.`);
}

/** The state with the act remembered, when it is one that others can be too late for. */
export function marked(after: DrillState, entry: JournalEntry): DrillState {
  const { event, by, at, seq } = entry;
  const id = event.asked?.id ?? null;
  const known = id === null ? after : { ...after, requests: { ...after.requests, [id]: entry } };
  const [steering, control] = [oneOf(STEERING, event), oneOf(STEP_CONTROLS, event)];
  if (steering !== null) {
    const mark: ControlMark = { type: steering, by, at, seq, host: null };
    return { ...known, lastControl: mark, lastTurn: TURNS.includes(steering) ? mark : known.lastTurn };
  }
  if (!('step' in event) || by === null || control === null) return known;
  const progress = known.steps.get(event.step);
  // One go of several leaves the question open for the others.
  if (progress === undefined || progress.state === 'waiting') return known;
  const host = 'host' in event ? event.host : null;
  const mark: ControlMark = { type: control, by, at, seq, host };
  const own = host === null ? { lastOnAll: mark } : { lastOnRow: { ...progress.lastOnRow, [host]: mark } };
  return withStep(known, { ...progress, ...own, lastControl: mark });
}

/** `dr-deputy paused the drill at 14:02 UTC.`; null when the last act on the run was none of these types. */
export function sayLastControl(state: DrillState, types: readonly DrillEventType[]): string | null {
  const last = state.lastControl;
  return last === null || !types.includes(last.type) ? null : sayControl(state, last, null);
}

export function sayControl(state: DrillState, mark: ControlMark, step: string | null): string {
  const act = `${who(mark.by)} ${deed(mark, step === null ? '' : stepName(state.plan, step))} at ${timeOfDay(mark.at)}`;
  const reason = mark.type === 'taken-over' ? (state.inCharge?.reason ?? null) : null;
  return reason === null ? `${act}.` : `${act}: ${reason}`;
}

function sinceThen(state: DrillState, event: DrillEvent, basedOn: number): string | null {
  const { lastControl: run, lastTurn: turn } = state;
  if (STEERED.includes(event.type)) return run !== null && run.seq > basedOn ? sayControl(state, run, null) : null;
  if (!('step' in event) || oneOf(STEP_CONTROLS, event) === null) return null;
  if (turn !== null && turn.seq > basedOn) return sayControl(state, turn, null);
  const last = lastAbout(state.steps.get(event.step), 'host' in event ? event.host : null);
  return last === null || last.seq <= basedOn ? null : sayControl(state, last, event.step);
}

/** For a row, what was decided about others does not count; for all of a step, everything does. */
function lastAbout(progress: StepProgress | undefined, row: string | null): ControlMark | null {
  if (progress === undefined) return null;
  if (row === null) return progress.lastControl;
  const { lastOnAll, lastOnRow } = progress;
  const own = Object.hasOwn(lastOnRow, row) ? (lastOnRow[row] ?? null) : null;
  if (own === null || lastOnAll === null) return own ?? lastOnAll;
  return own.seq > lastOnAll.seq ? own : lastOnAll;
}

function oneOf(types: readonly ControlType[], { type }: DrillEvent): ControlType | null {
  return types.find((one) => one === type) ?? null;
}

function deed({ type, host }: ControlMark, step: string): string {
  switch (type) {
    case 'started':
      return 'started the drill';
    case 'rejected':
      return 'turned the plan down';
    case 'expired':
      return 'let the drill expire';
    case 'paused':
      return 'paused the drill';
    case 'resumed':
      return 'let the drill go on';
    case 'abort-requested':
      return 'aborted the drill';
    case 'taken-over':
      return 'took the drill over';
    case 'reopened':
      return 'reopened the drill';
    case 'revert-requested':
      return 'had what was left behind undone';
    case 'undo-accepted':
      return 'accepted what was not put back';
    case 'step-confirmed':
      return `answered ${step}`;
    case 'step-retried':
      return `had ${step} run again`;
    case 'step-skipped':
      return `skipped ${step}`;
    case 'unknown-decided':
      return `decided about ${step} on ${host ?? 'its host'}`;
  }
}
