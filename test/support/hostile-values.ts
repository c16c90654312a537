// Values that try to be more than values: every way out of a quotation that shells know, mixed with any text there is. The same seed gives the same ones.

/** Would be made by any of them that is run. */
const CANARY = 'canary';

const PIECES: readonly string[] = [
  "'",
  '"',
  "'\\''",
  "'\"'\"'",
  '\\',
  '\\\\',
  "\\'",
  '`',
  '$',
  '$(',
  ')',
  '${',
  '}',
  ';',
  '&',
  '|',
  '<',
  '>',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '#',
  '!',
  '!!',
  '*',
  '?',
  '[a-z]',
  '~',
  '~root',
  '%s',
  '%n',
  '-n',
  '--',
  ' ',
  '  ',
  'é',
  '日本',
  '𝄞',
  '\u202e',
  '\ufeff',
  '\u2028',
  '\ufffd',
  `$(touch ${CANARY})`,
  `\`touch ${CANARY}\``,
  `;touch ${CANARY};`,
  `'; touch ${CANARY}; '`,
  `"; touch ${CANARY}; "`,
  `'"; touch ${CANARY} #`,
  `\ntouch ${CANARY}\n`,
  `|| touch ${CANARY} ||`,
  `& touch ${CANARY} &`,
  `\${x:-$(touch ${CANARY})}`,
  `$((touch ${CANARY}))`,
  `<(touch ${CANARY})`,
  `() { :;}; touch ${CANARY}`,
  '# end of script',
  '\n# end of script\n',
  'muster-group 1\n',
  '\nEOF\n',
  '$muster_script',
  '$IFS',
  '{a,b}',
  'a=b',
];

export interface Wanted {
  readonly count: number;
  readonly seed: number;
  /** About so many characters each; few, and different ones, unless given. */
  readonly length?: number;
}

export function hostileValues({ count, seed, length }: Wanted): readonly string[] {
  const random = randomBy(seed);
  return Array.from({ length: count }, () => valueOf(random, length ?? Math.floor(random() ** 3 * 200)));
}

function valueOf(random: () => number, length: number): string {
  let value = '';
  while (value.length < length) value += random() < 0.7 ? pick(random, PIECES) : anyCharacter(random);
  return value;
}

/** Any character but NUL, which no variable can hold, and halves of pairs, which no text can. */
function anyCharacter(random: () => number): string {
  const bound = pick(random, [0x80, 0x800, 0x1_0000, 0x11_0000]);
  const code = 1 + Math.floor(random() * (bound - 1));
  return code >= 0xd8_00 && code <= 0xdf_ff ? '\u00a0' : String.fromCodePoint(code);
}

function pick<T>(random: () => number, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new RangeError('nothing to pick from');
  return choice;
}

/** Mulberry32. */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
