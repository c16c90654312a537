// The last bytes of what arrived in pieces, however it was cut.
import { describe, expect, it } from 'vitest';
import { LastBytes } from '../../../api/engine/last-bytes.ts';

describe('the end of a stream', () => {
  it.each([
    { came: [], end: '' },
    { came: ['ab'], end: 'ab' },
    { came: ['ab', 'cd'], end: 'abcd' },
    { came: ['ab', '', 'cdef'], end: 'cdef' },
    { came: ['a', 'b', 'c', 'd', 'e'], end: 'bcde' },
    { came: ['abcdefgh'], end: 'efgh' },
    { came: ['abcdefgh', 'i', 'j'], end: 'ghij' },
  ])('of $came its last four are $end', ({ came, end }) => {
    const last = new LastBytes(4);
    for (const piece of came) last.push(Buffer.from(piece));
    expect(last.bytes().toString()).toBe(end);
  });

  it('keeps no more pieces than its bytes need', () => {
    const last = new LastBytes(4);
    for (let index = 0; index < 1_000; index += 1) last.push(Buffer.alloc(3, index));
    expect(last['parts'].length).toBeLessThanOrEqual(3);
  });
});
