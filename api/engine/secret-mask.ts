// Takes secret values out of output before it is stored, wherever its pieces happen to be cut.

export const MASK = '•••';
/** Shorter values would be found in every other word; the lint tells the author. */
export const SHORTEST_MASKED = 4;

/** The values in all forms in which programs like to print them. */
export class SecretMask {
  private readonly patterns: Patterns;

  constructor(private readonly values: readonly string[]) {
    const forms = new Set(values.filter((value) => value.trim().length >= SHORTEST_MASKED).flatMap(formsOf));
    this.patterns = new Patterns([...forms].map((form) => Buffer.from(form, 'utf8')));
  }

  and(more: readonly string[]): SecretMask {
    return more.length === 0 ? this : new SecretMask([...this.values, ...more]);
  }

  get isEmpty(): boolean {
    return this.patterns.all.length === 0;
  }

  inText(text: string): string {
    if (this.isEmpty) return text;
    const stream = this.stream();
    return Buffer.concat([stream.push(Buffer.from(text, 'utf8')), stream.end()]).toString('utf8');
  }

  isIn(text: string): boolean {
    const bytes = Buffer.from(text, 'utf8');
    return this.patterns.all.some((pattern) => bytes.includes(pattern));
  }

  /** For one stream of output. What could be the beginning of a value is kept until it is clear what it is. */
  stream(): MaskedStream {
    return new MaskedStream(this.patterns);
  }
}

/** By their first two bytes: a flood of output is gone through byte by byte, and few places of it begin like a value. */
class Patterns {
  readonly all: readonly Buffer[];
  private readonly pairs = new Map<number, Buffer[]>();
  private readonly isPair = new Uint8Array(65_536);

  constructor(patterns: readonly Buffer[]) {
    this.all = patterns.toSorted((a, b) => b.length - a.length);
    for (const pattern of this.all) {
      const pair = pairAt(pattern, 0);
      this.isPair[pair] = 1;
      this.pairs.set(pair, [...(this.pairs.get(pair) ?? []), pattern]);
    }
  }

  /** The next place from here where a value could begin; the last byte always is one, since its pair is still to come. */
  nextFrom(bytes: Buffer, at: number): number {
    if (this.all.length === 0) return bytes.length;
    const last = bytes.length - 1;
    let place = at;
    while (place < last && this.isPair[pairAt(bytes, place)] === 0) place += 1;
    return place;
  }

  /** The longest first. */
  beginningAt(bytes: Buffer, at: number): readonly Buffer[] {
    if (at === bytes.length - 1) return this.all.filter((pattern) => pattern[0] === bytes[at]);
    const pair = pairAt(bytes, at);
    return this.isPair[pair] === 0 ? NONE : (this.pairs.get(pair) ?? NONE);
  }
}

const NONE: readonly Buffer[] = [];

/** Whether the pattern's first `length` bytes stand here. Most that begin alike differ soon: the third byte is cheaper to look at than a comparison. */
function standsAt(bytes: Buffer, at: number, { pattern, length }: { readonly pattern: Buffer; readonly length: number }): boolean {
  if (length > 2 && bytes[at + 2] !== pattern[2]) return false;
  return bytes.compare(pattern, 0, length, at, at + length) === 0;
}

function pairAt(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export class MaskedStream {
  private held: Buffer = Buffer.alloc(0);
  /** So many bytes from the start of `held` belong to a value that was found. */
  private covered = 0;
  private isInMask = false;

  constructor(private readonly patterns: Patterns) {}

  /** What may be stored by now. */
  push(bytes: Uint8Array): Buffer {
    // Nothing to look for: a flood is not copied for it.
    if (this.patterns.all.length === 0) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.take(this.held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.held, bytes]), false);
  }

  /** The rest: nothing more comes. */
  end(): Buffer {
    return this.take(this.held, true);
  }

  private take(bytes: Buffer, isEnd: boolean): Buffer {
    const parts: Buffer[] = [];
    let { covered } = this;
    let plainFrom = 0;
    let at = 0;
    while (at < bytes.length) {
      // Between values, and within one, nothing has to be looked at but where the next one could begin.
      const next = this.isInMask && at >= covered ? at : this.patterns.nextFrom(bytes, at);
      at = this.isInMask && at < covered ? Math.min(next, covered) : next;
      if (at >= bytes.length) break;
      const found = this.lengthAt(bytes, at, isEnd);
      if (found === null) break;
      covered = Math.max(covered, at + found);
      const isMasked = at < covered;
      if (isMasked && !this.isInMask) parts.push(bytes.subarray(plainFrom, at), Buffer.from(MASK));
      if (!isMasked && this.isInMask) plainFrom = at;
      this.isInMask = isMasked;
      at += 1;
    }
    if (!this.isInMask) parts.push(bytes.subarray(plainFrom, at));
    this.held = Buffer.from(bytes.subarray(at));
    this.covered = Math.max(0, covered - at);
    return Buffer.concat(parts);
  }

  /** The length of the longest value that begins here, 0 for none; null when that depends on what is still to come. */
  private lengthAt(bytes: Buffer, at: number, isEnd: boolean): number | null {
    const left = bytes.length - at;
    const candidates = this.patterns.beginningAt(bytes, at);
    if (!isEnd && candidates.some((pattern) => pattern.length > left && standsAt(bytes, at, { pattern, length: left }))) return null;
    const found = candidates.find((pattern) => pattern.length <= left && standsAt(bytes, at, { pattern, length: pattern.length }));
    return found?.length ?? 0;
  }
}

/** As it is, with its last line end or without, in base64, percent-encoded, in JSON, and as a shell shows it with `set -x`. */
function formsOf(value: string): readonly string[] {
  const encoded = encodeURIComponent(value.toWellFormed());
  const bytes = [Buffer.from(value, 'utf8'), Buffer.from(`${value}\n`, 'utf8')];
  const forms = [
    value,
    value.trim(),
    ...bytes.flatMap((one) => [one.toString('base64').replace(/=+$/, ''), one.toString('base64url')]),
    encoded,
    encoded.replaceAll('%20', '+'),
    encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(value).slice(1, -1),
    value.replaceAll("'", "'\\''"),
  ];
  return forms.filter((form) => form.length >= SHORTEST_MASKED);
}
