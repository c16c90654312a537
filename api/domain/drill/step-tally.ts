// Where the steps of a drill stand, by what is asked about them again and again. A change is noted at the step, and at those that depend on it.
import { asCommandStep } from './command-step.ts';
import { endedBadly, endedWell, letsOthersStart } from './step-ends.ts';
import type { PlanIndex } from './plan-index.ts';
import type { PlanStep } from './plan.ts';
import { intoLists, moved, type Lists } from './positions.ts';
import { rowTally } from './row-tally.ts';
import type { StepProgress } from './step-progress.ts';
import { roomFor } from './step-summary.ts';
import { asUndoTarget, isReverted } from './undo-target.ts';

export const STEP_LISTS = [
  /** Not begun, and all that it needs allows it to. */
  'ready',
  /** Its command has begun and not ended everywhere. */
  'going',
  /** Of those, the ones with a row that may begin or be tried again, now or later. */
  'startsMore',
  'waiting',
  'sleeping',
  'unknown',
  'failed',
  /** Neither succeeded nor left out. */
  'notWell',
  /** A command of it runs, or one that reverts it. */
  'live',
  /** Its command runs. */
  'liveForward',
  /** Something it did is to be put back, should the drill be undone. */
  'toRevert',
  /** The end of the drill has started it, or it is undone or was tried to be. */
  'closing',
  /** It has an undo, has run, and of some attempt nobody can tell what it came to. */
  'doubtful',
] as const;
export type StepList = (typeof STEP_LISTS)[number];

export interface StepTally {
  /** Places of steps in the plan. */
  readonly lists: Lists<StepList>;
  /** By place in the plan: how many of its needs hold a step back. */
  readonly openNeeds: readonly number[];
}

/** The steps as they stand, in plan order. */
type Standing = readonly StepProgress[];

export function tallySteps(index: PlanIndex, all: Standing): StepTally {
  const openNeeds = index.steps.map((step) => step.needs.filter((need) => !isLetGoBy(index, all, need)).length);
  const lists = intoLists(STEP_LISTS, index.steps.length, (position) => listsOf(index, { all, openNeeds }, position));
  return { lists, openNeeds };
}

/** What the tally comes to when the step at this place in the plan has changed from `before` to `after`. */
export function retally(
  index: PlanIndex,
  tally: StepTally,
  change: { readonly position: number; readonly before: Standing; readonly after: Standing },
): StepTally {
  const { position, before, after } = change;
  const step = index.steps[position];
  if (step === undefined) return tally;
  const open = Number(!letsOthersStart(step, after[position])) - Number(!letsOthersStart(step, before[position]));
  const needing = open === 0 ? [] : placesOf(index, index.needing.get(step.id));
  const openNeeds = needing.length === 0 ? tally.openNeeds : added(tally.openNeeds, needing, open);
  const reverted = isSameEnd(before[position], after[position]) ? [] : placesOf(index, index.pairsOf.get(step.id));
  const lists = [...new Set([position, ...needing, ...reverted])].reduce((so, place) => {
    const from = listsOf(index, { all: before, openNeeds: tally.openNeeds }, place);
    return moved(so, place, { from, to: listsOf(index, { all: after, openNeeds }, place) });
  }, tally.lists);
  return { lists, openNeeds };
}

interface Counted {
  readonly all: Standing;
  readonly openNeeds: readonly number[];
}

function listsOf(index: PlanIndex, { all, openNeeds }: Counted, position: number): readonly StepList[] {
  const [step, progress] = [index.steps[position], all[position]];
  if (step === undefined || progress === undefined) return [];
  const lists: StepList[] = [];
  if (progress.state === 'pending' && openNeeds[position] === 0) lists.push('ready');
  if (progress.state === 'waiting' || progress.state === 'sleeping' || progress.state === 'unknown') lists.push(progress.state);
  if (endedBadly(progress)) lists.push('failed');
  if (progress.isClosing) lists.push('closing');
  if (!endedWell(progress)) lists.push('notWell');
  const target = asUndoTarget(step, progress);
  if (target !== null && !isReverted(target, (id) => all[index.positionOf.get(id) ?? -1])) lists.push('toRevert');
  if (target !== null && target.tally.lists.doubtful.length > 0) lists.push('doubtful');
  return [...lists, ...commandLists(step, progress)];
}

function commandLists(planStep: PlanStep, progress: StepProgress): readonly StepList[] {
  const step = asCommandStep(planStep);
  if (step === null || progress.attempts.length === 0) return [];
  const tally = rowTally(step, progress.attempts);
  const { again, untouched, intent, launched, reverting, revertTried } = tally.lists;
  const isGoing = progress.state === 'intent' || progress.state === 'launched';
  const startsMore = again.length > 0 || (untouched.length > 0 && roomFor(step, tally) > 0);
  const isForward = intent.length + launched.length > 0;
  return [
    ...(isGoing ? (['going'] as const) : []),
    ...(isGoing && startsMore ? (['startsMore'] as const) : []),
    ...(isForward ? (['liveForward'] as const) : []),
    ...(revertTried.length > 0 && !progress.isClosing ? (['closing'] as const) : []),
    ...(isForward || reverting.length > 0 ? (['live'] as const) : []),
  ];
}

/** A need that is not in the plan is never met. */
function isLetGoBy(index: PlanIndex, all: Standing, need: string): boolean {
  const position = index.positionOf.get(need);
  const step = position === undefined ? undefined : index.steps[position];
  return position !== undefined && step !== undefined && letsOthersStart(step, all[position]);
}

function added(openNeeds: readonly number[], places: readonly number[], change: number): readonly number[] {
  const next = [...openNeeds];
  // A step that names a need twice stands here twice, and counts it twice.
  for (const place of places) next[place] = (next[place] ?? 0) + change;
  return next;
}

function isSameEnd(one: StepProgress | undefined, other: StepProgress | undefined): boolean {
  return one?.state === other?.state && one?.endedAt === other?.endedAt;
}

function placesOf(index: PlanIndex, steps: readonly PlanStep[] = []): readonly number[] {
  return steps.flatMap(({ id }) => index.positionOf.get(id) ?? []);
}
