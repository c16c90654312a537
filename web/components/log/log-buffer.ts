// The output of one step: chunks in any order and twice over go in, numbered lines come out.
import { type CutText, joinText } from './join-text.ts';

export interface LogChunk extends CutText {
  readonly seq: number;
  readonly at: string;
  readonly host: string;
  readonly attempt: number;
  readonly isUndo: boolean;
  readonly stream: 'STDOUT' | 'STDERR';
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
  /** Where the unended line of a stream stands, and the bytes of a character that was cut at its end. */
  private open = new Map<string, { at: number | null; tail: string | null }>();
  private lastOf = new Map<string, number>();
  private made: LogLine[] = [];

  get lines(): readonly LogLine[] {
    return this.made;
  }

  /** Lines before this index do not change any more, unless earlier ones are put in. */
  get settledCount(): number {
    return [...this.open.values()].reduce((first, { at }) => Math.min(first, at ?? first), this.made.length);
  }

  /** The newest line of a row: a host, or a host and an item. */
  lastLineOf(host: string): LogLine | undefined {
    return this.made[this.lastOf.get(host) ?? -1];
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
    this.lastOf.clear();
    for (const chunk of this.chunks) this.extend(chunk);
  }

  private extend(chunk: LogChunk): void {
    const key = `${chunk.host}\n${chunk.attempt}\n${chunk.isUndo}\n${chunk.stream}`;
    const { at, tail } = this.open.get(key) ?? { at: null, tail: null };
    const { dropBefore, text } = joinText(tail, chunk);
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    let openAt = at;
    for (const part of parts) {
      this.put(chunk, { openAt, dropBefore: openAt === null ? 0 : dropBefore, text: part });
      openAt = null;
    }
    if (openAt !== null || last !== '') {
      const isContinued = openAt !== null;
      this.put(chunk, { openAt, dropBefore: isContinued ? dropBefore : 0, text: last });
      openAt ??= this.made.length - 1;
    }
    if (openAt === null && chunk.tail === null) this.open.delete(key);
    else this.open.set(key, { at: openAt, tail: chunk.tail });
  }

  private put(chunk: LogChunk, { openAt, dropBefore, text }: { openAt: number | null; dropBefore: number; text: string }): void {
    const open = openAt === null ? undefined : this.made[openAt];
    if (openAt === null || open === undefined) {
      this.made.push(lineOf(chunk, text));
      this.lastOf.set(chunk.host, this.made.length - 1);
      return;
    }
    const before = dropBefore === 0 ? open.text : open.text.slice(0, -dropBefore);
    this.made[openAt] = { ...open, text: withoutReturn(before + text) };
  }
}

function lineOf(chunk: LogChunk, text: string): LogLine {
  return {
    at: Date.parse(chunk.at),
    host: chunk.host,
    attempt: chunk.attempt,
    isUndo: chunk.isUndo,
    isError: chunk.stream === 'STDERR',
    text: withoutReturn(text),
  };
}

/** A terminal ends its lines with one. */
function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
