// The limit on attempts, against a plain model of it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAttemptLimit } from '../../../api/application/attempt-limit.ts';

const RULE = { most: 3, withinMs: 100 };

describe('an attempt limit', () => {
  it('lets exactly as many through as the rule says, and names the instant of the next', () => {
    const limit = createAttemptLimit(RULE);
    expect([limit.take('a', 0), limit.take('a', 10), limit.take('a', 20), limit.take('a', 30)]).toEqual([null, null, null, 100]);
    expect(limit.take('a', 99)).toBe(100);
    expect(limit.take('a', 100)).toBeNull();
    expect(limit.take('a', 100)).toBe(110);
  });

  it('keeps keys apart', () => {
    const limit = createAttemptLimit({ most: 1, withinMs: 100 });
    expect([limit.take('a', 0), limit.take('b', 0), limit.take('a', 1)]).toEqual([null, null, 100]);
  });

  it('forgets what is cleared and what is given back', () => {
    const limit = createAttemptLimit({ most: 1, withinMs: 100 });
    limit.take('a', 0);
    limit.giveBack('a');
    expect(limit.take('a', 1)).toBeNull();
    limit.clear('a');
    expect(limit.take('a', 2)).toBeNull();
  });

  it('never lets more through in any span than the rule says', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 });
    fc.assert(
      fc.property(pauses, (steps) => {
        const limit = createAttemptLimit(RULE);
        const passed: number[] = [];
        let now = 0;
        for (const step of steps) {
          now += step;
          if (limit.take('a', now) === null) passed.push(now);
        }
        return passed.every((at) => passed.filter((other) => other > at - RULE.withinMs && other <= at).length <= RULE.most);
      }),
    );
  });

  it('holds its memory, dropping the keys longest unused', () => {
    const limit = createAttemptLimit({ most: 1, withinMs: 1_000_000 });
    for (let i = 0; i <= 10_000; i += 1) limit.take(`key-${i}`, i);
    expect(limit.take('key-0', 20_000)).toBeNull();
    expect(limit.take('key-10000', 20_000)).not.toBeNull();
  });
});
