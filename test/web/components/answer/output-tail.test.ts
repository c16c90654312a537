// The last lines of a step's output, put together from chunks.
import { describe, expect, it } from 'vitest';
import { outputTail } from '../../../../web/components/answer/output-tail.ts';

let seq = 0;
const chunk = (text: string, host = 'a', stream: 'STDOUT' | 'STDERR' = 'STDOUT') => ({ seq: (seq += 1), host, stream, text });
const texts = (...chunks: ReturnType<typeof chunk>[]): string[] => outputTail(chunks, 3).map(({ text }) => text);

describe('the end of an output', () => {
  it('joins a line that came in pieces, also when another host spoke in between', () => {
    expect(texts(chunk('one\ntw'), chunk('other\n', 'b'), chunk('o\nthree\n'))).toEqual(['two', 'other', 'three']);
  });

  it('keeps what went to the error output apart', () => {
    const lines = outputTail([chunk('fine'), chunk('broken\n', 'a', 'STDERR'), chunk(' still\n')], 3);
    expect(lines.map(({ text, isError }) => [text, isError])).toEqual([
      ['fine still', false],
      ['broken', true],
    ]);
  });

  it('is no longer than asked for, and leaves out empty lines', () => {
    expect(texts(chunk('1\n\n2\n3\n4\n'))).toEqual(['2', '3', '4']);
    expect(texts()).toEqual([]);
  });
});
