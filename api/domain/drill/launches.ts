// Which commands may be started, now or at a known time: asked by the engine before it starts one, and by the reducer before it takes that down.
import { isHeldForCanary } from './canary.ts';
import { asCommandStep, findStep, type CommandStep } from './command-step.ts';
import type { HostProgress } from './host-progress.ts';
import type { AttemptRef } from './journal.ts';
import { gateOf, needsGoAhead } from './gate.ts';
import { isPassedOver } from './order.ts';
import type { PlanStep } from './plan.ts';
import { placeOf } from './positions.ts';
import { rowTally, type RowTally } from './row-tally.ts';
import { placeOfRow, rowsOf } from './rows.ts';
import { isStartable, startableSteps } from './starting.ts';
import type { DrillState } from './state.ts';
import { roomFor, roomToTryAgain } from './step-summary.ts';
import { isUndoDue, runsDespiteAbort, undoLaunches } from './undo.ts';

export interface Launch {
  readonly ref: AttemptRef;
  /** Not before this instant; 0 at once. */
  readonly notBefore: number;
}

/** All of them, in plan order. Empty while the drill is not in a state that starts commands. */
export function launches(state: DrillState): readonly Launch[] {
  const going = state.steps.in('startsMore').filter((step) => goesOn(state, step));
  if (!startsCommands(state)) return going.flatMap((step) => launchesOf(state, step));
  const starting = startableSteps(state).filter((step) => starts(state, step) && !needsGoAhead(state, step));
  return [...[...going, ...starting].flatMap((step) => launchesOf(state, step)), ...undoLaunches(state)];
}

/**
 * Whether the journal may hold this start: it is one of the launches, or was one by the rules of before. Journals from before people were
 * asked at a point of no return, before a batch held back what is tried again, and before a row that is being put back was left alone, still
 * read as they did.
 */
export function isDue(state: DrillState, ref: AttemptRef): boolean {
  if (ref.isUndo) return startsCommands(state) && isUndoDue(state, ref);
  const step = findStep(state.plan, ref.step);
  const command = step === null ? null : asCommandStep(step);
  if (step === null || command === null) return false;
  const isItsTurn = goesOn(state, step) || (startsCommands(state) && isStartable(state, step) && starts(state, step));
  return isItsTurn && isRowDue(state, command, ref);
}

/** Of a paused drill only what waits for something goes on looking. */
function goesOn(state: DrillState, step: PlanStep): boolean {
  const now = state.steps.get(step.id)?.state;
  if ((now !== 'intent' && now !== 'launched') || !runsDespiteAbort(state, step)) return false;
  return startsCommands(state) || (state.run === 'paused' && state.abort === null && step.kind === 'wait');
}

/** Whether a start that is due has to wait all the same: the batch has no room to try the row again yet, or the row is being put back. */
export function isHeldBack(state: DrillState, ref: AttemptRef): boolean {
  const planStep = findStep(state.plan, ref.step);
  const step = planStep === null ? null : asCommandStep(planStep);
  const attempts = state.steps.get(ref.step)?.attempts;
  const row = step === null ? null : placeOfRow(step, ref.host);
  if (step === null || attempts === undefined || row === null || ref.isUndo) return false;
  const tally = rowTally(step, attempts);
  if (isBeingPutBack(tally, row)) return true;
  return tally.rows[row]?.now.kind === 'again' && placeOf(tally.lists.again, row) >= roomToTryAgain(step, tally);
}

/** Whether the drill is in a state in which commands are started. */
function startsCommands({ run, abort }: DrillState): boolean {
  if (run === 'recovering' || run === 'paused') return false;
  return abort !== null || run === 'running' || run === 'needs-decision';
}

/** For a step whose turn it is; whether a person has to say go for it is another question. */
function starts(state: DrillState, step: PlanStep): boolean {
  return !isPassedOver(state, step) && !isHeldForCanary(state, step.id) && gateOf(state, step).kind === 'open';
}

/** Rows under way go on, as many as the batch takes at once; new ones as far as it has room then, and nothing keeps them back. */
function launchesOf(state: DrillState, planStep: PlanStep): readonly Launch[] {
  const step = asCommandStep(planStep);
  const attempts = state.steps.get(planStep.id)?.attempts;
  if (step === null || attempts === undefined) return [];
  const tally = rowTally(step, attempts);
  const { again, untouched } = tally.lists;
  const rows = [...again.slice(0, roomToTryAgain(step, tally)), ...untouched.slice(0, roomFor(step, tally))];
  return rows.toSorted((a, b) => a - b).flatMap((row) => (isBeingPutBack(tally, row) ? [] : (launchOn({ step, tally, row }) ?? [])));
}

/** A row that is being put back is not begun again meanwhile. */
function isBeingPutBack({ rows }: RowTally, row: number): boolean {
  return rows[row]?.lists.includes('reverting') === true;
}

function isRowDue(state: DrillState, step: CommandStep, ref: AttemptRef): boolean {
  const row = placeOfRow(step, ref.host);
  const attempts = state.steps.get(step.id)?.attempts;
  if (row === null || attempts === undefined) return false;
  const tally = rowTally(step, attempts);
  if (tally.rows[row]?.now.kind === 'untouched' && placeOf(tally.lists.untouched, row) >= roomFor(step, tally)) return false;
  return launchOn({ step, tally, row })?.ref.attempt === ref.attempt;
}

/** Null where nothing is to be started; neither the room for it is looked at, nor whether the row is being put back. */
function launchOn({ step, tally, row }: { readonly step: CommandStep; readonly tally: RowTally; readonly row: number }): Launch | null {
  const [host, standing] = [rowsOf(step)[row], tally.rows[row]];
  const notBefore = standing === undefined ? null : dueAt(standing.now);
  if (host === undefined || standing === undefined || notBefore === null) return null;
  return { ref: { step: step.id, host, attempt: standing.forward.length + 1, isUndo: false }, notBefore };
}

function dueAt(progress: HostProgress): number | null {
  if (progress.kind === 'untouched') return 0;
  return progress.kind === 'again' ? progress.at : null;
}
