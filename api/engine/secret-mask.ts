// Takes secret values out of output before it is stored, wherever its pieces happen to be cut.

export const MASK = '•••';
/** Shorter values would be found in every other word; the lint tells the author. */
export const SHORTEST_MASKED = 4;

/** The values in all forms in which programs like to print them. */
export class SecretMask {
  private readonly patterns: readonly Buffer[];
  /** Whether a pattern begins with this byte. */
  private readonly begins = new Uint8Array(256);

  constructor(private readonly values: readonly string[]) {
    const forms = new Set(values.filter((value) => value.length >= SHORTEST_MASKED).flatMap(formsOf));
    this.patterns = [...forms].map((form) => Buffer.from(form, 'utf8')).toSorted((a, b) => b.length - a.length);
    for (const pattern of this.patterns) this.begins[pattern[0] ?? 0] = 1;
  }

  and(more: readonly string[]): SecretMask {
    return more.length === 0 ? this : new SecretMask([...this.values, ...more]);
  }

  get isEmpty(): boolean {
    return this.patterns.length === 0;
  }

  inText(text: string): string {
    if (this.isEmpty) return text;
    const stream = this.stream();
    return Buffer.concat([stream.push(Buffer.from(text, 'utf8')), stream.end()]).toString('utf8');
  }

  isIn(text: string): boolean {
    const bytes = Buffer.from(text, 'utf8');
    return this.patterns.some((pattern) => bytes.includes(pattern));
  }

  /** For one stream of output. What could be the beginning of a value is kept until it is clear what it is. */
  stream(): MaskedStream {
    return new MaskedStream(this.patterns, this.begins);
  }
}

export class MaskedStream {
  private held: Buffer = Buffer.alloc(0);
  /** So many bytes from the start of `held` belong to a value that was found. */
  private covered = 0;
  private isInMask = false;

  constructor(
    private readonly patterns: readonly Buffer[],
    private readonly begins: Uint8Array,
  ) {}

  /** What may be stored by now. */
  push(bytes: Uint8Array): Buffer {
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
    for (; at < bytes.length; at += 1) {
      if (this.begins[bytes[at] ?? 0] === 1) {
        const found = this.findAt(bytes, at);
        if (found === null && !isEnd) break;
        covered = Math.max(covered, at + (found ?? this.longestAt(bytes, at)));
      }
      const isMasked = at < covered;
      if (isMasked && !this.isInMask) parts.push(bytes.subarray(plainFrom, at), Buffer.from(MASK));
      if (!isMasked && this.isInMask) plainFrom = at;
      this.isInMask = isMasked;
    }
    if (!this.isInMask) parts.push(bytes.subarray(plainFrom, at));
    this.held = Buffer.from(bytes.subarray(at));
    this.covered = Math.max(0, covered - at);
    return Buffer.concat(parts);
  }

  /** The length of the longest value that begins here, 0 for none; null when that depends on what is still to come. */
  private findAt(bytes: Buffer, at: number): number | null {
    const left = bytes.length - at;
    const isOpen = this.patterns.some((pattern) => pattern.length > left && bytes.compare(pattern, 0, left, at) === 0);
    return isOpen ? null : this.longestAt(bytes, at);
  }

  private longestAt(bytes: Buffer, at: number): number {
    const found = this.patterns.find(
      (pattern) => at + pattern.length <= bytes.length && bytes.compare(pattern, 0, pattern.length, at, at + pattern.length) === 0,
    );
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
