// What the rows of a step add up to. An attempt changes one row, so one row is looked at again, however many there are.
import type { CommandStep } from './command-step.ts';
import { hostProgress, type HostProgress } from './host-progress.ts';
import { intoLists, moved, type Lists } from './positions.ts';
import { placeOfRow, rowsOf } from './rows.ts';
import type { AttemptProgress, StepProgress } from './step-progress.ts';

type Attempts = StepProgress['attempts'];

const ROW_LISTS = [
  // Where its command stands: in one of these.
  ...(['untouched', 'intent', 'launched', 'again', 'unknown', 'succeeded', 'failed', 'timed-out', 'cancelled'] as const),
  /** There is something to say about its end. */
  'explained',
  /** The command has started, or may have. */
  'touched',
  /** Touched, and put back. */
  'reverted',
  /** A command runs that reverts it. */
  'reverting',
  'revertTried',
  /** Touched, and what reverts it may begin or be tried again. */
  'revertsMore',
  /** Of some attempt, in either direction, nobody can tell what it came to. */
  'doubtful',
] as const;
export type RowList = (typeof ROW_LISTS)[number];

export interface RowStanding {
  /** Places of its attempts among those of the step, in order. */
  readonly forward: readonly number[];
  readonly undo: readonly number[];
  readonly now: HostProgress;
  /** How far it has been put back. */
  readonly back: HostProgress;
  readonly lists: readonly RowList[];
  /** Null before the first attempt. */
  readonly startedAt: number | null;
  /** Of its command, not of what reverts it. */
  readonly endedAt: number | null;
}

export interface RowTally {
  readonly rows: readonly RowStanding[];
  /** Places of rows, by how they stand. */
  readonly lists: Lists<RowList>;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** `isLastTry`: no further attempt is made by itself. */
export function rowTally(step: CommandStep, attempts: Attempts, isLastTry = false): RowTally {
  const known = KNOWN.get(attempts);
  const own = known?.step === step ? known : { step, tallies: new Map<boolean, RowTally>() };
  const tally = own.tallies.get(isLastTry) ?? countAll({ step, attempts, isLastTry });
  own.tallies.set(isLastTry, tally);
  KNOWN.set(attempts, own);
  return tally;
}

/** Makes the tally of `after` from that of `before`, where one attempt was added or changed; otherwise it is counted when it is asked for. */
export function carryTally(step: CommandStep, before: Attempts, after: Attempts): void {
  const known = KNOWN.get(before);
  const changed = placeOfChange(before, after);
  if (known?.step !== step || changed === null || KNOWN.has(after)) return;
  const tallies = [...known.tallies].map(([isLastTry, tally]) => [isLastTry, recount({ step, attempts: after, isLastTry }, tally, changed)] as const);
  KNOWN.set(after, { step, tallies: new Map(tallies) });
}

/** A list of attempts belongs to one step. */
const KNOWN = new WeakMap<Attempts, { readonly step: CommandStep; readonly tallies: Map<boolean, RowTally> }>();

interface Counted {
  readonly step: CommandStep;
  readonly attempts: Attempts;
  readonly isLastTry: boolean;
}

/** Null when it is more than one, or none. */
function placeOfChange(before: Attempts, after: Attempts): number | null {
  const first = after.findIndex((attempt, place) => attempt !== before[place]);
  if (first < 0 || after.length - before.length > 1 || after.length < before.length) return null;
  if (after.length > before.length) return first === before.length ? first : null;
  for (let place = first + 1; place < after.length; place += 1) if (after[place] !== before[place]) return null;
  return first;
}

function countAll(counted: Counted): RowTally {
  const { step, attempts } = counted;
  const tries = rowsOf(step).map(() => ({ forward: [] as number[], undo: [] as number[] }));
  for (const [place, { host, isUndo }] of attempts.entries()) tries[placeOfRow(step, host) ?? -1]?.[isUndo ? 'undo' : 'forward'].push(place);
  const rows = tries.map((row) => standing(counted, row));
  return {
    rows,
    lists: intoLists(ROW_LISTS, rows.length, (position) => rows[position]?.lists ?? []),
    startedAt: rows.reduce<number | null>((earliest, row) => least(earliest, row.startedAt), null),
    endedAt: latestEnd(rows),
  };
}

function recount(counted: Counted, tally: RowTally, place: number): RowTally {
  const attempt = counted.attempts[place];
  const position = attempt === undefined ? null : placeOfRow(counted.step, attempt.host);
  const before = position === null ? undefined : tally.rows[position];
  if (attempt === undefined || position === null || before === undefined) return countAll(counted);
  const direction = attempt.isUndo ? 'undo' : 'forward';
  const tries = before[direction].includes(place) ? before : { ...before, [direction]: [...before[direction], place] };
  const after = standing(counted, tries);
  const rows = tally.rows.with(position, after);
  const isEndKept = before.endedAt === null || before.endedAt !== tally.endedAt || (after.endedAt ?? 0) >= before.endedAt;
  return {
    rows,
    lists: moved(tally.lists, position, { from: before.lists, to: after.lists }),
    startedAt: least(tally.startedAt, after.startedAt),
    endedAt: isEndKept ? greatest(tally.endedAt, after.endedAt) : latestEnd(rows),
  };
}

function standing({ step, attempts, isLastTry }: Counted, { forward, undo }: Pick<RowStanding, 'forward' | 'undo'>): RowStanding {
  const own = at(attempts, forward);
  const reverts = at(attempts, undo);
  const now = hostProgress(step, own, { isUndo: false, isLastTry });
  const back = hostProgress(step, reverts, { isUndo: true, isLastTry: false });
  const isDoubtful = [...own, ...reverts].some((attempt) => attempt.state === 'unknown' && !attempt.isSuperseded);
  const lists: RowList[] = [listOf(now)];
  if ((now.kind === 'unknown' || now.kind === 'ended') && now.reason !== null) lists.push('explained');
  const isTouched = own.some((one) => one.launchedAt !== null || one.state === 'unknown' || one.isDecided);
  if (isTouched) lists.push('touched');
  if (isTouched && back.kind === 'ended' && back.state === 'succeeded') lists.push('reverted');
  if (reverts.some(isLive)) lists.push('reverting');
  if (reverts.length > 0) lists.push('revertTried');
  if (isTouched && (back.kind === 'untouched' || back.kind === 'again')) lists.push('revertsMore');
  if (isDoubtful) lists.push('doubtful');
  const starts = [...own, ...reverts].map((attempt) => attempt.intendedAt);
  return {
    forward,
    undo,
    now,
    back,
    lists,
    startedAt: starts.length === 0 ? null : Math.min(...starts),
    endedAt: own.reduce<number | null>((latest, attempt) => greatest(latest, attempt.endedAt), null),
  };
}

function listOf(now: HostProgress): RowList {
  switch (now.kind) {
    case 'untouched':
    case 'again':
    case 'unknown':
      return now.kind;
    case 'live':
      return now.attempt.state === 'launched' ? 'launched' : 'intent';
    case 'ended':
      return now.state;
  }
}

export function isLive({ state }: AttemptProgress): boolean {
  return state === 'intent' || state === 'launched';
}

function at(attempts: Attempts, places: readonly number[]): readonly AttemptProgress[] {
  return places.flatMap((place) => attempts[place] ?? []);
}

function latestEnd(rows: readonly RowStanding[]): number | null {
  return rows.reduce<number | null>((latest, row) => greatest(latest, row.endedAt), null);
}

function least(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function greatest(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
