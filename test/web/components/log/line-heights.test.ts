// Heights of lines: the same places as adding them up one by one, whatever is measured when.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineHeights } from '../../../../web/components/log/line-heights.ts';

const USUAL = 20;

type Act =
  | { readonly kind: 'resize'; readonly count: number }
  | { readonly kind: 'measure'; readonly index: number; readonly px: number }
  | { readonly kind: 'forget' };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('resize' as const), count: fc.nat({ max: 3_000 }) }),
  fc.record({ kind: fc.constant('measure' as const), index: fc.nat({ max: 2_999 }), px: fc.constantFrom(20, 40, 60, 400) }),
  fc.constant({ kind: 'forget' as const }),
);

describe('the heights of lines', () => {
  it('add up', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 40 }), fc.nat({ max: 3_000 }), (all, place) => {
        const heights = new LineHeights(USUAL);
        let plain: number[] = [];
        for (const act of all) {
          if (act.kind === 'resize') {
            heights.resize(act.count);
            plain = Array.from({ length: act.count }, (_, index) => plain[index] ?? USUAL);
          } else if (act.kind === 'forget') {
            heights.forget();
            plain = plain.map(() => USUAL);
          } else if (act.index < plain.length) {
            heights.measure(act.index, act.px);
            plain[act.index] = act.px;
          }
        }
        const until = Math.min(place, plain.length);
        const top = plain.slice(0, until).reduce((sum, px) => sum + px, 0);
        expect(heights.topOf(until)).toBe(top);
        expect(heights.totalPx).toBe(plain.reduce((sum, px) => sum + px, 0));
        if (until < plain.length) expect([heights.lineAt(top), heights.lineAt(top + (plain[until] ?? 0) - 1)]).toEqual([until, until]);
      }),
    );
  });

  it('say whether a line had another height so far', () => {
    const heights = new LineHeights(USUAL);
    heights.resize(3);
    expect([heights.measure(1, 20), heights.measure(1, 40), heights.measure(1, 40), heights.measure(1, 20)]).toEqual([false, true, false, true]);
  });

  it('give the nearest line for a place beyond either end', () => {
    const heights = new LineHeights(USUAL);
    expect(heights.lineAt(50)).toBe(0);
    heights.resize(3);
    expect([heights.lineAt(-5), heights.lineAt(5_000)]).toEqual([0, 2]);
  });
});
