// Every state as people see it: the key of its word, an icon and an ink.
import type { SchemaEnum } from '../../graphql/graphql.ts';
import type { IconName } from '../app/icon-paths.ts';

export type Ink = 'ok' | 'warn' | 'bad' | 'run' | 'wait' | 'idle';

export interface StateLook {
  /** Key under `state.` in the locales. */
  readonly word: string;
  readonly icon: IconName;
  readonly ink: Ink;
}

export type Band = SchemaEnum<'Band'>;
export type RunState = SchemaEnum<'RunState'>;
export type StepState = SchemaEnum<'StepState'>;

const PENDING: StateLook = { word: 'pending', icon: 'circle', ink: 'idle' };
const RUNNING: StateLook = { word: 'running', icon: 'play', ink: 'run' };
const WAITING: StateLook = { word: 'waiting', icon: 'hand', ink: 'wait' };
const PASSED: StateLook = { word: 'passed', icon: 'check', ink: 'ok' };
const FAILED: StateLook = { word: 'failed', icon: 'cross', ink: 'bad' };

export const STEP_LOOKS: Readonly<Record<StepState, StateLook>> = {
  PENDING,
  INTENT: RUNNING,
  LAUNCHED: RUNNING,
  SLEEPING: { word: 'sleeping', icon: 'sleep', ink: 'run' },
  WAITING,
  SUCCEEDED: PASSED,
  WARNED: { word: 'warned', icon: 'bang', ink: 'warn' },
  FAILED,
  TIMED_OUT: { word: 'timedOut', icon: 'late', ink: 'bad' },
  CANCELLED: { word: 'cancelled', icon: 'stop', ink: 'idle' },
  SKIPPED: { word: 'skipped', icon: 'skip', ink: 'idle' },
  UNDONE: { word: 'undone', icon: 'undo', ink: 'idle' },
  UNKNOWN: { word: 'unknown', icon: 'question', ink: 'warn' },
};

export const RUN_LOOKS: Readonly<Record<RunState, StateLook>> = {
  AWAITING_APPROVAL: { word: 'awaitingApproval', icon: 'hand', ink: 'wait' },
  APPROVED: { word: 'approved', icon: 'circle', ink: 'idle' },
  REJECTED: { word: 'rejected', icon: 'cross', ink: 'idle' },
  EXPIRED: { word: 'expired', icon: 'clock', ink: 'idle' },
  RUNNING,
  PAUSED: { word: 'paused', icon: 'pause', ink: 'warn' },
  RECOVERING: { word: 'recovering', icon: 'undo', ink: 'run' },
  NEEDS_DECISION: { word: 'needsDecision', icon: 'question', ink: 'warn' },
  ABORTING: { word: 'aborting', icon: 'stop', ink: 'bad' },
  PASSED,
  LATE: { word: 'late', icon: 'late', ink: 'warn' },
  FAILED,
  ABORTED: { word: 'aborted', icon: 'stop', ink: 'bad' },
};

export const BAND_LOOKS: Readonly<Record<Band, StateLook>> = {
  READY: { word: 'ready', icon: 'check', ink: 'ok' },
  NEARLY: { word: 'nearly', icon: 'up', ink: 'ok' },
  AT_RISK: { word: 'atRisk', icon: 'bang', ink: 'warn' },
  NOT_READY: { word: 'notReady', icon: 'cross', ink: 'bad' },
  UNPROVEN: { word: 'unproven', icon: 'dash', ink: 'idle' },
};

/** Bands from best to worst, as the stacked bar shows them. */
export const BANDS = ['READY', 'NEARLY', 'AT_RISK', 'NOT_READY', 'UNPROVEN'] as const satisfies readonly Band[];

const OVER: ReadonlySet<RunState> = new Set<RunState>(['PASSED', 'LATE', 'FAILED', 'ABORTED', 'REJECTED', 'EXPIRED']);
const BEFORE: ReadonlySet<RunState> = new Set<RunState>(['AWAITING_APPROVAL', 'APPROVED', 'REJECTED', 'EXPIRED']);

/** True when nothing more will happen to a drill by itself. */
export function isOver(state: RunState): boolean {
  return OVER.has(state);
}

/** True before the first step, and for drills that never began. */
export function isBeforeStart(state: RunState): boolean {
  return BEFORE.has(state);
}

/** A running drill in which a person is being waited for reads Waiting. */
export function runLook(state: RunState, isWaiting = false): StateLook {
  return state === 'RUNNING' && isWaiting ? WAITING : RUN_LOOKS[state];
}

/** Steps that are over, for counting progress. */
export function isStepOver(state: StepState): boolean {
  return !(['PENDING', 'INTENT', 'LAUNCHED', 'WAITING', 'SLEEPING', 'UNKNOWN'] as readonly StepState[]).includes(state);
}

export function isStepFailed(state: StepState): boolean {
  return state === 'FAILED' || state === 'TIMED_OUT' || state === 'UNKNOWN';
}
