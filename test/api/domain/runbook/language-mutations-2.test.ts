// Ten thousand changed copies of the shipped runbooks, half of them here: each is refused with a place, or proven to be valid.
import { describe, expect, it } from 'vitest';
import { oneOf, outcomeOf, outcomeOfBytes, shippedRunbooks } from './written-runbook-outcome.ts';
import type { Outcome } from './written-runbook-outcome.ts';
import { drawFrom, mutatedBytes, mutatedText } from './written-runbook-text-mutations.ts';

/** The other half has another one. */
const SEED = 2;
const CHANGED = 5_000;
/** Of these, changed below the text. */
const CHANGED_BYTES = 1_250;

describe('a changed copy of a shipped runbook', () => {
  it('is refused with a line, a column, a code and a remedy, or is proven to be the same or another valid one', () => {
    // Many seconds on a busy machine: the limit is only there for what never ends.
    const shipped = shippedRunbooks();
    const draw = drawFrom(SEED);
    const counts: Record<Outcome, number> = { refused: 0, equal: 0, another: 0 };
    for (let count = 0; count < CHANGED; count += 1) {
      const one = oneOf(shipped, draw);
      counts[count < CHANGED_BYTES ? outcomeOfBytes(mutatedBytes(one.text, draw), one) : outcomeOf(mutatedText(one.text, draw), one)] += 1;
    }
    expect(counts.refused + counts.equal + counts.another).toBe(CHANGED);
    // The changes are worth something: many break the runbook, some change nothing, some make another one.
    expect(Math.min(counts.refused, counts.equal, counts.another)).toBeGreaterThan(CHANGED / 20);
  }, 300_000);
});
