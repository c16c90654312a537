// The rows of a step: on each of them its command runs once. A row is a host, or a host and one item of the step's list.
import type { PlanCommand } from './plan.ts';

export interface Row {
  /** A host's key, or `LOCAL`. */
  readonly host: string;
  /** What the step sees as `item`; null for a step without a list. */
  readonly item: string | null;
}

type Rows = Pick<PlanCommand, 'rows' | 'hosts'>;

/** Row keys in the order in which they start. */
export function rowsOf(step: Rows): readonly string[] {
  return step.rows ?? step.hosts;
}

const PLACES = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where a row stands among the rows of its step; null when the step has no such row. */
export function placeOfRow(step: Rows, key: string): number | null {
  const rows = rowsOf(step);
  const places = PLACES.get(rows) ?? new Map(rows.map((row, place) => [row, place]));
  PLACES.set(rows, places);
  return places.get(key) ?? null;
}

/** What a row's key stands for: `ledger-a`, or `ledger-a#2` for the second item. */
export function rowOf(step: Pick<PlanCommand, 'items'>, key: string): Row {
  const mark = key.lastIndexOf('#');
  if (step.items === undefined || mark < 0) return { host: key, item: null };
  return { host: key.slice(0, mark), item: step.items[Number(key.slice(mark + 1)) - 1] ?? null };
}
