// The output of one step: chunks in any order and twice over go in, numbered lines come out.

export interface LogChunk {
  readonly seq: number;
  readonly at: string;
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
  readonly stream: 'STDOUT' | 'STDERR';
  readonly text: string;
}

export interface LogLine {
  readonly at: number;
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
  readonly isError: boolean;
  readonly text: string;
}

/**
 * Keeps what has arrived by sequence number, so that reading twice adds nothing and a late page slots in. Lines are made
 * from the chunks in order; a line that continues in the next chunk of the same host and stream grows in place.
 */
export class LogBuffer {
  /** Sorted by seq, without a double. */
  private chunks: LogChunk[] = [];
  private known = new Set<number>();
  private open = new Map<string, number>();
  private made: LogLine[] = [];

  get lines(): readonly LogLine[] {
    return this.made;
  }

  get firstSeq(): number | null {
    return this.chunks[0]?.seq ?? null;
  }

  get lastSeq(): number {
    return this.chunks.at(-1)?.seq ?? 0;
  }

  /** Takes chunks in; returns false when all of them were known. Appending at the end costs only what is new. */
  add(arrived: readonly LogChunk[]): boolean {
    const fresh = arrived.filter((chunk) => !this.known.has(chunk.seq)).toSorted((a, b) => a.seq - b.seq);
    const first = fresh[0];
    if (first === undefined) return false;
    const isAppend = first.seq > this.lastSeq;
    for (const chunk of fresh) this.known.add(chunk.seq);
    if (isAppend) {
      this.chunks.push(...fresh);
      for (const chunk of fresh) this.extend(chunk);
    } else {
      this.chunks = [...this.chunks, ...fresh].toSorted((a, b) => a.seq - b.seq);
      this.rebuild();
    }
    return true;
  }

  private rebuild(): void {
    this.made = [];
    this.open.clear();
    for (const chunk of this.chunks) this.extend(chunk);
  }

  private extend(chunk: LogChunk): void {
    const key = `${chunk.host}\n${chunk.attempt}\n${chunk.isUndo}\n${chunk.stream}`;
    const parts = chunk.text.split('\n');
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const openAt = index === 0 ? this.open.get(key) : undefined;
      const openLine = openAt === undefined ? undefined : this.made[openAt];
      if (openAt !== undefined && openLine !== undefined) this.made[openAt] = { ...openLine, text: openLine.text + part };
      else if (!isLast || part !== '') this.made.push(lineOf(chunk, part));
      if (!isLast) this.open.delete(key);
      else if (part !== '' && openAt === undefined) this.open.set(key, this.made.length - 1);
    }
  }
}

function lineOf(chunk: LogChunk, text: string): LogLine {
  return {
    at: Date.parse(chunk.at),
    host: chunk.host,
    attempt: chunk.attempt,
    isUndo: chunk.isUndo,
    isError: chunk.stream === 'STDERR',
    text: text.endsWith('\r') ? text.slice(0, -1) : text,
  };
}
