// Links to lines of a log.
import { describe, expect, it } from 'vitest';
import { lineHash, marksFromHash } from '../../../../web/components/log/line-hash.ts';

describe('line links', () => {
  it('read one line and a range, in either order', () => {
    expect(marksFromHash('#L120')).toEqual([120, 120]);
    expect(marksFromHash('#L120-L140')).toEqual([120, 140]);
    expect(marksFromHash('#L140-L120')).toEqual([120, 140]);
  });

  it('mark nothing when the hash is something else', () => {
    expect(['', '#page', '#L', '#L1-2', '#L1-L'].map(marksFromHash)).toEqual([null, null, null, null, null]);
  });

  it('are written as they are read', () => {
    expect(marksFromHash(lineHash(9, 3))).toEqual([3, 9]);
    expect(lineHash(5, 5)).toBe('#L5');
  });
});
