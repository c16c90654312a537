// The log buffer: whatever order chunks come in, and however often, the lines are those of the output.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer, type LogChunk } from '../../../../web/components/log/log-buffer.ts';

function chunk(seq: number, text: string, over: Partial<LogChunk> = {}): LogChunk {
  return {
    seq,
    at: new Date(1_000 * seq).toISOString(),
    host: 'a',
    attempt: 1,
    isUndo: false,
    stream: 'STDOUT',
    text,
    head: null,
    tail: null,
    ...over,
  };
}
const texts = (buffer: LogBuffer): string[] => buffer.lines.map((line) => line.text);

describe('the log buffer', () => {
  it('joins a line that was cut between two chunks', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'pg_ctl: server pro')]);
    buffer.add([chunk(2, 'moting\ndone\n')]);
    expect(texts(buffer)).toEqual(['pg_ctl: server promoting', 'done']);
  });

  it('keeps the half lines of two hosts apart', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'one '), chunk(2, 'other ', { host: 'b' }), chunk(3, 'end\n'), chunk(4, 'end\n', { host: 'b' })]);
    expect(buffer.lines.map((line) => `${line.host}: ${line.text}`)).toEqual(['a: one end', 'b: other end']);
  });

  it('says that nothing is new when everything is known', () => {
    const buffer = new LogBuffer();
    expect(buffer.add([chunk(1, 'x\n')])).toBe(true);
    expect(buffer.add([chunk(1, 'x\n')])).toBe(false);
    expect(texts(buffer)).toEqual(['x']);
  });

  it('slots an earlier page in above the tail', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(8, 'eight\n'), chunk(9, 'nine\n')]);
    buffer.add([chunk(1, 'one\n'), chunk(8, 'eight\n')]);
    expect(texts(buffer)).toEqual(['one', 'eight', 'nine']);
    expect([buffer.firstSeq, buffer.lastSeq]).toEqual([1, 9]);
  });

  it('keeps empty lines and drops the carriage return of a terminal', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'a\r\n\nb\n')]);
    expect(texts(buffer)).toEqual(['a', '', 'b']);
  });

  it('puts a character together that was cut between two chunks, and leaves other bytes escaped', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'gr\\xc3', { tail: 'c3' }), chunk(2, 'other\n', { host: 'b' }), chunk(3, '\\xbcn\n', { head: 'bc' })]);
    buffer.add([chunk(4, 'x\\xc3', { tail: 'c3' }), chunk(5, 'y\n')]);
    buffer.add([chunk(6, '\\xe2\\x82', { tail: 'e282' }), chunk(7, '\\xac\n', { head: 'ac' })]);
    expect(texts(buffer)).toEqual(['grün', 'other', 'x\\xc3y', '€']);
  });

  it('knows the newest line of each row, and which lines can still change', () => {
    const buffer = new LogBuffer();
    buffer.add([chunk(1, 'a1\n'), chunk(2, 'half ', { host: 'b' }), chunk(3, 'a2\na3\n')]);
    expect([buffer.lastLineOf('a')?.text, buffer.lastLineOf('b')?.text, buffer.lastLineOf('c')]).toEqual(['a3', 'half ', undefined]);
    expect(buffer.settledCount).toBe(1);
    buffer.add([chunk(4, 'whole\n', { host: 'b' })]);
    expect([buffer.lastLineOf('b')?.text, buffer.settledCount]).toEqual(['half whole', 4]);
  });

  it('gives the same lines for any cutting, order and repetition of the output', () => {
    const output = fc.array(fc.constantFrom('x', 'yy', '\n', 'z\n', '\n\n'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(output, fc.array(fc.nat(39), { maxLength: 60 }), (parts, order) => {
        const chunks = parts.map((text, index) => chunk(index + 1, text));
        const shuffled = new LogBuffer();
        for (const index of order) shuffled.add(chunks.slice(index, index + 3));
        shuffled.add(chunks);
        const whole = parts.join('');
        const expected = (whole.endsWith('\n') ? whole.slice(0, -1) : whole).split('\n');
        expect(texts(shuffled)).toEqual(whole === '' ? [] : expected);
      }),
      { numRuns: 500 },
    );
  });
});
