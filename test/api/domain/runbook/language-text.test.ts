// What is refused before anybody asks what it means: wrong encodings, sizes, depth, and what YAML escapes can hide.
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { LARGEST_FILE_BYTES, decodeRunbookText } from '../../../../api/domain/runbook/source-text.ts';
import { NO_SCRIPTS, parsed, small, yamlOf } from './written-runbook.ts';

const TEXT = 'runbook: a\ntitle: Umzug nach München\n';
const RUN = { id: 'one', title: 'One', run: 'true', on: 'db' };

function swapped(buffer: Buffer): Buffer {
  return Buffer.from(buffer).swap16();
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}1${']'.repeat(depth)}`;
}

function request(body: string): string {
  return `${yamlOf(small([RUN]))}  - id: two\n    title: Two\n    http: {method: POST, url: 'https://a.example', body: ${body}}\n`;
}

describe('the bytes of a file', () => {
  it('are text when they are UTF-8', () => {
    expect(decodeRunbookText(Buffer.from(TEXT))).toEqual({ text: TEXT });
    expect(decodeRunbookText(new Uint8Array())).toEqual({ text: '' });
  });

  it('keep a byte order mark, for the reader of the text to refuse', () => {
    const read = decodeRunbookText(Buffer.from(`\uFEFF${TEXT}`));
    expect('text' in read && parseRunbook(read.text, 'r', NO_SCRIPTS).problems[0]?.code).toBe('byte-order-mark');
  });

  it.each([
    ['Latin-1', Buffer.from(TEXT, 'latin1'), 'is not written in UTF-8', 2, 20],
    ['a cut character', Buffer.from('runbook: ä').subarray(0, -1), 'is not written in UTF-8', 1, 10],
    ['half a surrogate pair', Buffer.from([0x61, 0x0a, 0xed, 0xa0, 0x80]), 'is not written in UTF-8', 2, 1],
    ['UTF-16', Buffer.from(TEXT, 'utf16le'), 'is written in UTF-16', 1, 1],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'is written in UTF-16', 1, 1],
    ['UTF-16, big end first', swapped(Buffer.from(TEXT, 'utf16le')), 'is written in UTF-16', 1, 1],
    ['UTF-16, big end first, with a byte order mark', swapped(Buffer.from(`\uFEFF${TEXT}`, 'utf16le')), 'is written in UTF-16', 1, 1],
    ['UTF-32', Buffer.from(TEXT.split('').flatMap((c) => [c.charCodeAt(0), 0, 0, 0])), 'is written in UTF-32', 1, 1],
    ['UTF-32 with a byte order mark', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'is written in UTF-32', 1, 1],
    ['10 MB', Buffer.alloc(10 * LARGEST_FILE_BYTES, 'a'), 'is larger than 1 MB', 1, 1],
  ])('are refused with a sentence and a place: %s', (_, bytes, ...[message, line, column]) => {
    expect(decodeRunbookText(bytes)).toMatchObject({ problem: { message, place: { line, column }, remedy: expect.stringMatching(/\.$/) } });
  });
});

describe('what a file holds', () => {
  it.each([
    ['a NUL byte as an escape', yamlOf(small([RUN])).replace('run: "true"', 'run: "a\\0b"'), 'control-character', 13],
    ['a key with a NUL byte', `${yamlOf(small([RUN]))}"a\\0": 1\n`, 'control-character', 15],
    ['half a character as an escape', yamlOf(small([RUN])).replace('title: One', 'title: "\\uD83D"'), 'half-character', 12],
    ['data that is too deep', request(nested(40)), 'too-deep', 17],
    ['a number that is none', request('[.nan]'), 'bad-value', 17],
    ['a number without end', request('{a: .inf}'), 'bad-value', 17],
    [
      'a number without end as text',
      yamlOf(small([{ ...RUN, expect: { stdout: { equals: 0 } } }])).replace('equals: 0', 'equals: .inf'),
      'bad-value',
      17,
    ],
  ])('is refused with a line: %s', (_, text, ...[code, line]) => {
    const { runbook, problems } = parseRunbook(text, 'runbook.yaml', NO_SCRIPTS);
    expect(runbook).toBeNull();
    expect(problems[0]).toMatchObject({ code, line, column: expect.any(Number) });
  });

  it('may be as deep as data that is sent needs to be', () => {
    expect(parseRunbook(request(nested(20)), 'runbook.yaml', NO_SCRIPTS).problems).toEqual([]);
  });

  it.each([
    ['flow maps', '{a: '.repeat(50_000)],
    ['flow maps that are closed', `x: ${'{a: '.repeat(3_000)}1${'}'.repeat(3_000)}`],
    ['lists of lists', '- '.repeat(50_000)],
    ['block maps', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a body of brackets', request(nested(2_000))],
  ])('is refused when it is nested without end: %s', (_, text) => {
    const { runbook, problems } = parseRunbook(text, 'runbook.yaml', NO_SCRIPTS);
    expect(runbook).toBeNull();
    expect(problems[0]).toMatchObject({ code: expect.any(String), line: expect.any(Number), column: expect.any(Number) });
  });

  it('may have texts that only look dangerous', () => {
    expect(parsed(small([{ ...RUN, note: '\\0 \u{1F600} \\uD83D', run: 'printf "\\0"' }])).problems).toEqual([]);
  });
});
