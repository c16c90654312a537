// Finds the answer to a request in one stream of a lane: what stands between the marks that open and close it.

/** What a request's word is followed by, to the end of the line. */
export interface Sign {
  readonly kind: '+' | '!' | '-';
  readonly text: string;
}

export type Piece = { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'sign'; readonly sign: Sign };

const LINE_FEED = 10;
/** Stands before the word, so that hardly any output has to be kept back for what might follow it. */
const RECORD = '\u001e';
const RECORD_BYTE = 0x1e;
/** A line that begins with the word is ours, and ours are short. */
const LONGEST_SIGN = 256;

/** Each stream has one for each request. Bytes before the opening mark are nobody's answer. */
export class FrameReader {
  private readonly mark: Buffer;
  private held: Buffer = Buffer.alloc(0);
  private isOpen = false;
  /** Closed: nothing more of this stream belongs to the request. */
  isClosed = false;
  /** Bytes that belong to no answer: something on the host still writes that should have ended. */
  strayBytes = 0;

  constructor(word: string) {
    this.mark = Buffer.from(`${RECORD}${word}`);
  }

  push(chunk: Buffer): readonly Piece[] {
    const pieces: Piece[] = [];
    let bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    for (;;) {
      const at = this.isClosed ? -1 : bytes.indexOf(this.mark);
      const end = at < 0 ? -1 : bytes.indexOf(LINE_FEED, at + this.mark.length);
      if (end < 0) {
        const keep = at < 0 ? this.beginningOfMark(bytes) : at;
        this.give(bytes.subarray(0, keep), pieces);
        this.held = Buffer.from(bytes.subarray(keep));
        return pieces;
      }
      this.give(bytes.subarray(0, at), pieces);
      this.note(bytes.toString('latin1', at + this.mark.length, Math.min(end, at + this.mark.length + LONGEST_SIGN)), pieces);
      bytes = bytes.subarray(end + 1);
    }
  }

  /** Nothing more comes: what was kept back, since it could have become a sign, was output. */
  rest(): Buffer {
    const { held } = this;
    this.held = Buffer.alloc(0);
    return this.isOpen && held.indexOf(this.mark) < 0 ? held : Buffer.alloc(0);
  }

  private note(line: string, pieces: Piece[]): void {
    const kind = line[0];
    if (kind !== '+' && kind !== '!' && kind !== '-') return;
    if (kind === '+') this.isOpen = true;
    if (kind === '-') {
      this.isOpen = false;
      this.isClosed = true;
    }
    pieces.push({ kind: 'sign', sign: { kind, text: line.slice(1) } });
  }

  private give(bytes: Buffer, pieces: Piece[]): void {
    if (bytes.length === 0) return;
    if (this.isOpen) pieces.push({ kind: 'bytes', bytes });
    else this.strayBytes += bytes.length;
  }

  /** Where the end of these bytes could be the beginning of the mark; their length when nothing could. */
  private beginningOfMark(bytes: Buffer): number {
    if (this.isClosed) return bytes.length;
    const from = Math.max(0, bytes.length - this.mark.length + 1);
    for (let at = bytes.indexOf(RECORD_BYTE, from); at >= 0; at = bytes.indexOf(RECORD_BYTE, at + 1)) {
      if (bytes.compare(this.mark, 0, bytes.length - at, at) === 0) return at;
    }
    return bytes.length;
  }
}
