// On which rows a step works, in which order and how many at once: frozen when the plan is made.
import { createHash } from 'node:crypto';
import type { Spread } from '../runbook/runbook.ts';
import type { PlanCommand } from './plan.ts';

type Spreading = Pick<Spread, 'foreach' | 'batch' | 'order' | 'keepGoing'>;

/** `seed` makes the random order: the same for the same revision, so that a preview shows the order that will run. */
export function spreadOver(
  step: Spreading,
  hosts: readonly string[],
  frozen: { readonly items: readonly string[] | null; readonly seed: string },
): Pick<PlanCommand, 'items' | 'rows' | 'batch' | 'keepGoing'> {
  const { items, seed } = frozen;
  const given = items === null ? hosts : items.flatMap((_, index) => hosts.map((host) => `${host}#${index + 1}`));
  const rows = inOrderOf(given, step.order, seed);
  return {
    ...(items === null ? {} : { items }),
    ...(items === null && step.order === undefined ? {} : { rows }),
    ...(step.batch === undefined ? {} : { batch: rowsAtOnce(step.batch, rows.length) }),
    ...(step.keepGoing === undefined ? {} : { keepGoing: step.keepGoing }),
  };
}

/** An input's value as a list: split at commas and white space. */
export function splitItems(value: string): readonly string[] {
  return value.split(/[\s,]+/u).filter((item) => item !== '');
}

function inOrderOf(rows: readonly string[], order: Spread['order'], seed: string): readonly string[] {
  switch (order) {
    case undefined:
      return rows;
    case 'reverse':
      return rows.toReversed();
    case 'random':
      return rows
        .map((row) => ({ row, lot: createHash('sha256').update(`${seed} ${row}`).digest('hex') }))
        .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
        .map(({ row }) => row);
  }
}

function rowsAtOnce(batch: NonNullable<Spread['batch']>, count: number): number {
  return Math.max(1, 'count' in batch ? batch.count : Math.ceil((count * batch.percent) / 100));
}
