// Bytes of output as people read them: nothing is dropped, and a character that was cut is known as such.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutCharacters, visibleText } from '../../../../api/domain/drill/visible-text.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('visible text', () => {
  it.each([
    ['plain', Buffer.from('grün €'), 'grün €'],
    ['no UTF-8', Buffer.from([0x61, 0xff, 0x62, 0xc3]), String.raw`a\xffb\xc3`],
  ])('of %s bytes', (_, bytes, text) => {
    expect(visibleText(bytes)).toBe(text);
  });
});

describe('a character cut between two chunks', () => {
  it.each([
    ['none', Buffer.from('abc'), '', ''],
    ['whole ones at both ends', Buffer.from('üaü'), '', ''],
    ['one at the end', Buffer.from('aü').subarray(0, 2), '', 'c3'],
    ['one at the start', Buffer.from('üa').subarray(1), 'bc', ''],
    ['three of four bytes', Buffer.from('a😀').subarray(0, 4), '', 'f09f98'],
    ['nothing but its middle', Buffer.from('😀').subarray(1, 3), '9f98', ''],
    ['a byte that begins nothing', Buffer.from([0x61, 0xff]), '', ''],
    ['no bytes', Buffer.alloc(0), '', ''],
  ])('is %s', (...[, bytes, head, tail]) => {
    const found = cutCharacters(bytes);
    expect([hex(found.head), hex(found.tail)]).toEqual([head, tail]);
  });

  it('is found wherever a text is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), (text, place) => {
        const bytes = Buffer.from(text);
        const at = place % (bytes.length + 1);
        const tail = cutCharacters(bytes.subarray(0, at)).tail;
        const head = cutCharacters(bytes.subarray(at)).head;
        expect(tail.length > 0).toBe(at < bytes.length && at > 0 && head.length > 0);
        const joined = visibleText(Buffer.concat([tail, head]));
        if (tail.length > 0) expect([Array.from(joined).length, text.includes(joined)]).toEqual([1, true]);
      }),
    );
  });
});
