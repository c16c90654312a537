// Takes the output of one attempt: masked into the journal in batches, up to the cap, and beside it what the judgement needs.
import { StringDecoder } from 'node:string_decoder';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { LastBytes } from './last-bytes.ts';
import { recordAllSurely, type Happened } from './record-surely.ts';
import type { MaskedStream, SecretMask } from './secret-mask.ts';
import type { Shell } from './shell.ts';

/** Kept for each step and host; a log is read by people, and a flood must not fill the disk. */
export const OUTPUT_CAP = 10 * 1_024 * 1_024;
/** Beyond that, so much of the end of each stream: it tells how a command ended. */
const END_BYTES = 32 * 1_024;
/** An entry of the journal is begun anew when the last one is this large: what reads a log takes a number of entries. */
const ENTRY_BYTES = 64 * 1_024;
/** Committed together when they are this large or this old: a commit waits for the disk, and a flood of small ones for nothing else. */
const COMMIT_BYTES = 512 * 1_024;
const BATCH_MS = 100;
/** Of a stream that is not judged, enough for the last line. */
const TAIL_BYTES = 4 * 1_024;
const CUT = Buffer.from('\n[Muster keeps the first 10 MB of the output of each step and host, and its end; it was cut here]\n');
const GOES_ON = Buffer.from('[The end of the output follows]\n');
const LINE_FEED = 10;

export type Stream = 'stdout' | 'stderr';
const STREAMS: readonly Stream[] = ['stdout', 'stderr'];

export interface OutputOf {
  readonly shell: Shell;
  readonly drill: string;
  readonly ref: AttemptRef;
  /** Bytes that other attempts have stored for this step and host. */
  readonly storedBytes: number;
  /** How much of each stream of this attempt is stored already: it comes again, and is not stored twice. */
  readonly stored: Readonly<Record<Stream, number>>;
  /** Streams that are kept whole for the judgement. */
  readonly judged: ReadonlySet<Stream>;
  readonly mask: SecretMask;
  /** Nothing is stored before `release`: a value in it is still to be found out and masked. */
  readonly isHeld: boolean;
}

/** What becomes one entry. */
interface Batch {
  readonly stream: Stream;
  readonly offset: number;
  readonly chunks: Uint8Array[];
  size: number;
}

interface Piece {
  readonly stream: Stream;
  readonly bytes: Uint8Array;
}

/** Places in a stream are counted in what is stored: a mask has another length than what it stands for. */
export class OutputRecorder {
  private room: number;
  private batches: Batch[] = [];
  private isLaunchDue = false;
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private written: Promise<void> = Promise.resolve();
  private held: Piece[] | null;
  private mask: SecretMask;
  private masked: Record<Stream, MaskedStream>;
  private readonly offsets: Record<Stream, number> = { stdout: 0, stderr: 0 };
  /** Where each stream goes on, as it comes. */
  private readonly next: Record<Stream, number> = { stdout: 0, stderr: 0 };
  /** The end of each stream that was cut. */
  private readonly ends: Record<Stream, LastBytes | null> = { stdout: null, stderr: null };
  /** Judged streams as they came, and the end of every stream as it is stored. */
  private readonly whole: Record<Stream, Buffer[]> = { stdout: [], stderr: [] };
  private readonly tails: Record<Stream, LastBytes> = { stdout: new LastBytes(TAIL_BYTES), stderr: new LastBytes(TAIL_BYTES) };

  constructor(private readonly output: OutputOf) {
    this.room = OUTPUT_CAP - output.storedBytes;
    this.held = output.isHeld ? [] : null;
    this.mask = output.mask;
    this.masked = streamsOf(output.mask);
  }

  /** Settles when more may come: at once while the batch has room, else once it is on disk. An offset beyond the last piece means a cut. */
  async take(stream: Stream, offset: number, bytes: Uint8Array): Promise<void> {
    const isGap = offset > this.next[stream];
    this.next[stream] = offset + bytes.length;
    const fits = isGap || this.ends[stream] !== null ? bytes.subarray(0, 0) : bytes.subarray(0, Math.max(0, this.room));
    this.room -= fits.length;
    if (fits.length > 0) {
      if (this.output.judged.has(stream)) this.whole[stream].push(Buffer.from(fits));
      if (this.held === null) this.show(stream, fits);
      else this.held.push({ stream, bytes: Buffer.from(fits) });
    }
    if (fits.length < bytes.length) this.keepEnd(stream, bytes.subarray(fits.length));
    if (this.waiting >= COMMIT_BYTES) await this.flush();
    else if (this.waiting > 0) this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Stores what was held, masked with what is known by now; of the streams in `withheld` only how much there was. */
  release(mask: SecretMask, withheld: ReadonlySet<Stream>): void {
    const held = this.held ?? [];
    this.held = null;
    this.mask = mask;
    this.masked = streamsOf(mask);
    for (const { stream, bytes } of held) if (!withheld.has(stream)) this.show(stream, bytes);
    for (const stream of withheld) {
      this.ends[stream] = null;
      const length = held.filter((one) => one.stream === stream).reduce((sum, { bytes }) => sum + bytes.length, 0);
      if (length > 0)
        this.add(stream, Buffer.from(`[Muster keeps these ${length} bytes back: a secret value was to be found in them, and was not]\n`));
    }
  }

  /** Goes to disk with the next batch, or with the end: most commands end before that. */
  launched(): void {
    this.isLaunchDue = true;
    this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** What is not on disk yet, to be recorded with the end. Nothing is taken afterwards. */
  async finish(): Promise<readonly Omit<Happened, 'drill'>[]> {
    for (const stream of STREAMS) {
      const end = this.ends[stream];
      // What was kept back at a cut could be half a secret value, and the next line is whole again.
      if (end === null) this.add(stream, this.masked[stream].end());
      else this.addEnd(stream, end.bytes());
    }
    await this.written;
    return this.takeWaiting();
  }

  /** As it came and was kept: all of a judged stream up to the cap. Invalid UTF-8 shows as U+FFFD. */
  text(stream: Stream): string {
    return decoded(this.output.judged.has(stream) ? this.whole[stream] : [this.tails[stream].bytes()]);
  }

  private show(stream: Stream, bytes: Uint8Array): void {
    this.add(stream, this.masked[stream].push(bytes));
  }

  private keepEnd(stream: Stream, bytes: Uint8Array): void {
    if (this.ends[stream] === null && this.held === null) this.add(stream, CUT);
    this.ends[stream] ??= new LastBytes(END_BYTES);
    this.ends[stream].push(bytes);
  }

  private addEnd(stream: Stream, end: Buffer): void {
    if (this.output.isHeld) this.add(stream, CUT);
    const line = end.indexOf(LINE_FEED) + 1;
    const mask = streamsOf(this.mask)[stream];
    this.add(stream, GOES_ON);
    this.add(stream, mask.push(end.subarray(line)));
    this.add(stream, mask.end());
  }

  private flush(): Promise<void> {
    const waiting = this.takeWaiting();
    const { shell, drill } = this.output;
    if (waiting.length > 0) this.written = this.written.then(async () => void (await recordAllSurely(shell, drill, waiting)));
    return this.written;
  }

  private takeWaiting(): readonly Omit<Happened, 'drill'>[] {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { ref } = this.output;
    const launched = this.isLaunchDue ? [{ event: { type: 'attempt-launched', ...ref } } as const] : [];
    const output = this.batches.map(
      ({ stream, offset, chunks, size }) =>
        ({ event: { type: 'output', ...ref, stream, offset, length: size }, output: Buffer.concat(chunks) }) as const,
    );
    this.isLaunchDue = false;
    this.batches = [];
    this.waiting = 0;
    return [...launched, ...output];
  }

  private add(stream: Stream, bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.tails[stream].push(bytes);
    const place = this.offsets[stream];
    this.offsets[stream] += bytes.length;
    const fresh = bytes.subarray(Math.max(0, this.output.stored[stream] - place));
    if (fresh.length === 0) return;
    const offset = place + bytes.length - fresh.length;
    this.waiting += fresh.length;
    const last = this.batches.at(-1);
    if (last?.stream === stream && last.size < ENTRY_BYTES) {
      last.chunks.push(fresh);
      last.size += fresh.length;
    } else {
      this.batches.push({ stream, offset, chunks: [fresh], size: fresh.length });
    }
  }
}

function streamsOf(mask: SecretMask): Record<Stream, MaskedStream> {
  return { stdout: mask.stream(), stderr: mask.stream() };
}

function decoded(chunks: readonly Buffer[]): string {
  const decoder = new StringDecoder('utf8');
  return chunks.map((chunk) => decoder.write(chunk)).join('') + decoder.end();
}
