// Text of a runbook in which something was changed, as a slip of the hand, a bad merge or a broken disk would.

/** Chosen by the caller, so that a test says by its seed what it does. */
export type Draw = (below: number) => number;

/** A small generator of numbers that are spread well enough: the same seed gives the same ones (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const CHARACTERS = [
  ...'\t\0\u001B\u202E\uFEFF"\'#:-{}[]&*!|>%@`\\$?,aZ0 \n\r'.split(''),
  '\u00A0',
  '\u{1F600}',
  '---\n',
  '${',
  '*a',
  '&a ',
  '!!str ',
  '<<: ',
];

const KEYS = ['id', 'run', 'check', 'wait', 'http', 'needs', 'undo', 'on', 'timeout', 'retry', 'drill', 'when', 'zebra', 'steps', 'title', 'capture'];

const VALUES = [
  '',
  '~',
  'true',
  '5',
  '.inf',
  '0x1F',
  '1s',
  '[]',
  '{}',
  '[x, x]',
  '{a: b}',
  '"\\0"',
  '"\\uD800"',
  '|',
  '>-',
  '*a',
  'x: y',
  "'",
  '2026-02-30',
  '-1',
];

const MUTATIONS: readonly ((lines: readonly string[], draw: Draw) => readonly string[])[] = [
  // Lines: gone, twice, swapped, moved, cut off.
  (lines, draw) => lines.toSpliced(draw(lines.length), 1 + draw(2)),
  (lines, draw) => {
    const at = draw(lines.length);
    return lines.toSpliced(draw(lines.length), 0, ...lines.slice(at, at + 1 + draw(6)));
  },
  (lines, draw) => {
    const at = draw(lines.length - 1);
    return lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
  },
  (lines, draw) => lines.slice(0, draw(lines.length)),
  // Indentation.
  (lines, draw) => changedLine(lines, draw, (line) => ' '.repeat(1 + draw(4)) + line),
  (lines, draw) => changedLine(lines, draw, (line) => line.replace(/^ {1,2}/, '')),
  (lines, draw) => changedLine(lines, draw, (line) => `\t${line}`),
  // Characters: one more, one less, another.
  (lines, draw) => changedText(lines, draw, (text, at) => text.slice(0, at) + picked(CHARACTERS, draw) + text.slice(at)),
  (lines, draw) => changedText(lines, draw, (text, at) => text.slice(0, at) + text.slice(at + 1 + draw(3))),
  (lines, draw) => changedText(lines, draw, (text, at) => text.slice(0, at) + picked(CHARACTERS, draw) + text.slice(at + 1)),
  // Keys and values.
  (lines, draw) => changedLine(lines, draw, (line) => line.replace(/[\w-]+(?=:)/, picked(KEYS, draw))),
  (lines, draw) => changedLine(lines, draw, (line) => line.replace(/: .*$/, `: ${picked(VALUES, draw)}`)),
  (lines, draw) => changedLine(lines, draw, (line) => line.replace(/: .*$/, valueOf(picked(lines, draw)))),
  (lines, draw) => changedLine(lines, draw, (line) => line.replace(/\d+/, (digits) => `${draw(2) === 0 ? '-' : ''}${digits}${draw(1000)}`)),
  // What changes nothing: comments, blank lines, line ends.
  (lines, draw) => lines.toSpliced(draw(lines.length), 0, picked(['', '# why', '  # why'], draw)),
  (lines) => lines.map((line) => `${line}\r`),
];

export function mutatedText(text: string, draw: Draw): string {
  let lines: readonly string[] = text.split('\n');
  for (let times = 1 + draw(2); times > 0; times -= 1) lines = picked(MUTATIONS, draw)(lines, draw);
  return lines.join('\n');
}

function changedLine(lines: readonly string[], draw: Draw, change: (line: string) => string): readonly string[] {
  const at = draw(Math.max(1, lines.length));
  return lines.toSpliced(at, 1, change(lines[at] ?? ''));
}

function changedText(lines: readonly string[], draw: Draw, change: (text: string, at: number) => string): readonly string[] {
  const text = lines.join('\n');
  return change(text, draw(text.length + 1)).split('\n');
}

function valueOf(line: string): string {
  return /: .*$/.exec(line)?.[0] ?? ':';
}

function picked<T>(list: readonly T[], draw: Draw): T {
  const item = list[draw(list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Bytes changed below the text: what a reader of files gets from a broken disk or a wrong editor. */
export function mutatedBytes(text: string, draw: Draw): Uint8Array {
  const bytes = Buffer.from(text);
  for (let times = 1 + draw(4); times > 0; times -= 1) bytes[draw(bytes.length)] = draw(256);
  return bytes;
}
