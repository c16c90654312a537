// What can happen to a random drill, and how often.
import * as fc from 'fast-check';

/** What happens, how often beside the rest; and with it goes a number that picks to whom. */
const WEIGHTS = {
  act: 14,
  end: 5,
  time: 2,
  crash: 2,
  lost: 2,
  found: 3,
  full: 1,
  canary: 1,
  finish: 1,
  pause: 1,
  resume: 4,
  abort: 1,
  confirm: 3,
  retry: 2,
  skip: 1,
  decide: 3,
  comment: 1,
  again: 1,
  'take-over': 1,
  stop: 1,
  reopen: 1,
  revert: 2,
  accept: 1,
} as const;
export type What = keyof typeof WEIGHTS;
export type Control = Exclude<What, 'act' | 'end' | 'finish' | 'time' | 'crash' | 'lost' | 'found' | 'full' | 'canary' | 'stop' | 'again'>;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the object above
const WHATS = Object.keys(WEIGHTS) as readonly What[];

export const happeningArb = fc.tuple(fc.oneof(...WHATS.map((what) => ({ weight: WEIGHTS[what], arbitrary: fc.constant(what) }))), fc.nat(1_000));
export type Happening = typeof happeningArb extends fc.Arbitrary<infer T> ? T : never;
