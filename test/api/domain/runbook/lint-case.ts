// Runbooks for the lint tests: one good step, changed in one point.
import { small } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

/** What is written, and the codes of what the lint says. */
export type LintCase = readonly [title: string, written: Written, codes: readonly string[]];

export const GOOD = { id: 'one', title: 'One', run: 'true', on: 'db', timeout: '1m', estimate: '5s', undo: 'true' };
export const KEPT = { owner: 'payments-duty', review: { every: '180d' } };
export const CLOCK = { ...KEPT, clocks: { recovery: { to: 'one' } } };

export function one(changes: Written): Written {
  return small([{ ...GOOD, ...changes }], CLOCK);
}

export function two(first: Written, second: Written): Written {
  return small(
    [
      { ...GOOD, ...first },
      { ...GOOD, id: 'two', ...second },
    ],
    CLOCK,
  );
}

export function lost(step: Written): Written {
  return small(
    [
      { ...GOOD, phase: 'stop', drill: 'skip' },
      { id: 'look', title: 'Look', ...step },
    ],
    { ...KEPT, clocks: { recovery: { to: 'look' } } },
  );
}

export function http(request: Written): Written {
  return small([GOOD, { id: 'ask', title: 'Ask', http: { url: 'https://x.example', ...request }, timeout: '1m', estimate: '1s' }], CLOCK);
}

export function wait(more: Written): Written {
  return { id: 'w', title: 'W', wait: { run: 'true', ...more }, on: 'db' };
}

export function confirm(more: Written): Written {
  return { id: 'note', title: 'Note', confirm: 'Note it.', ...more };
}

export const CAPTURES = { capture: { lag: 'stdout' } };
