// The graph of the steps: everything below what it needs, nothing on top of another, lines that say nothing new left out.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOX, type GraphStep, layoutGraph } from '../../../../web/components/drill/graph-layout.ts';

/** Any graph without rings: each step needs some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { minLength: 1, maxLength: 30 })
  .map((rows) =>
    rows.map((needs, index): GraphStep => ({ id: `s${index}`, needs: [...new Set(needs.filter((need) => need < index))].map((need) => `s${need}`) })),
  );

describe('the graph', () => {
  it('puts each step below all that it needs, and no box on another', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const { boxes, width, height } = layoutGraph(steps);
        const boxOf = new Map(boxes.map((box) => [box.id, box]));
        for (const { id, needs } of steps) for (const need of needs) expect(boxOf.get(id)?.y).toBeGreaterThan(boxOf.get(need)?.y ?? Infinity);
        for (const [index, a] of boxes.entries()) {
          expect(a.x >= 0 && a.x + BOX.width <= width + 0.001 && a.y + BOX.height <= height).toBe(true);
          for (const b of boxes.slice(index + 1)) if (a.y === b.y) expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(BOX.width);
        }
      }),
    );
  });

  it('draws each direct need as one line from box to box', () => {
    const { lines } = layoutGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['a', 'b', 'gone'] },
    ]);
    expect(lines.map(({ from, to }) => `${from}-${to}`)).toEqual(['a-b', 'b-c']);
    expect(lines[0]?.points).toEqual([
      [BOX.width / 2, BOX.height],
      [BOX.width / 2, BOX.height + 36],
    ]);
  });

  it('leads a long line round the boxes that it passes', () => {
    const { lines, boxes } = layoutGraph([
      { id: 'a', needs: [] },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: [] },
      { id: 'e', needs: ['c', 'd'] },
    ]);
    const long = lines.find(({ from }) => from === 'd');
    for (const [x, y] of long?.points.slice(1, -1) ?? []) {
      for (const box of boxes) expect(x > box.x && x < box.x + BOX.width && y > box.y && y < box.y + BOX.height).toBe(false);
    }
    expect(long?.points).toHaveLength(6);
  });
});
