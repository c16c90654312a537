// Takes the output of one attempt: masked into the journal in batches, up to the cap, and beside it what the judgement needs.
import { StringDecoder } from 'node:string_decoder';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { recordSurely } from './record-surely.ts';
import type { MaskedStream, SecretMask } from './secret-mask.ts';
import type { Shell } from './shell.ts';

/** Kept for each step and host; a log is read by people, and a flood must not fill the disk. */
export const OUTPUT_CAP = 10 * 1_024 * 1_024;
/** A batch is committed when it is this large or this old, so that a flood does not make one commit a line. */
const BATCH_BYTES = 64 * 1_024;
const BATCH_MS = 100;
/** Of a stream that is not judged, enough for the last line. */
const TAIL_BYTES = 4 * 1_024;
const CUT = Buffer.from('\n[Muster keeps 10 MB of output for each step and host; the rest was cut here]\n');

export type Stream = 'stdout' | 'stderr';
const STREAMS: readonly Stream[] = ['stdout', 'stderr'];

export interface OutputOf {
  readonly shell: Shell;
  readonly drill: string;
  readonly ref: AttemptRef;
  /** Bytes that are stored for this step and host already. */
  readonly storedBytes: number;
  /** Streams that are kept whole for the judgement. */
  readonly judged: ReadonlySet<Stream>;
  readonly mask: SecretMask;
  /** Nothing is stored before `release`: a value in it is still to be found out and masked. */
  readonly isHeld: boolean;
}

interface Batch {
  readonly stream: Stream;
  readonly offset: number;
  readonly chunks: Uint8Array[];
  size: number;
}

/** Places in a stream are counted in what is stored: a mask has another length than what it stands for. */
export class OutputRecorder {
  private room: number;
  private batches: Batch[] = [];
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private written: Promise<void> = Promise.resolve();
  private held: { readonly stream: Stream; readonly bytes: Uint8Array; readonly isCutAfter: boolean }[] | null;
  private masked: Record<Stream, MaskedStream>;
  private readonly offsets: Record<Stream, number> = { stdout: 0, stderr: 0 };
  /** Judged streams as they came, and the end of every stream as it is stored. */
  private readonly whole: Record<Stream, Buffer[]> = { stdout: [], stderr: [] };
  private readonly tails: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };

  constructor(private readonly output: OutputOf) {
    this.room = OUTPUT_CAP - output.storedBytes;
    this.held = output.isHeld ? [] : null;
    this.masked = streamsOf(output.mask);
  }

  /** Settles when more may come: at once while the batch has room, else once it is on disk. */
  async take(stream: Stream, bytes: Uint8Array): Promise<void> {
    if (this.room <= 0) return;
    const fits = bytes.subarray(0, this.room);
    this.room -= fits.length;
    const isCutAfter = fits.length < bytes.length || this.room === 0;
    if (this.output.judged.has(stream)) this.whole[stream].push(Buffer.from(fits));
    if (this.held === null) this.show(stream, fits, isCutAfter);
    else this.held.push({ stream, bytes: Buffer.from(fits), isCutAfter });
    if (this.waiting >= BATCH_BYTES) await this.flush();
    else if (this.waiting > 0) this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Stores what was held, masked with what is known by now; of the streams in `withheld` only how much there was. */
  release(mask: SecretMask, withheld: ReadonlySet<Stream>): void {
    const held = this.held ?? [];
    this.held = null;
    this.masked = streamsOf(mask);
    for (const { stream, bytes, isCutAfter } of held) if (!withheld.has(stream)) this.show(stream, bytes, isCutAfter);
    for (const stream of withheld) {
      const length = held.filter((one) => one.stream === stream).reduce((sum, { bytes }) => sum + bytes.length, 0);
      if (length > 0)
        this.add(stream, Buffer.from(`[Muster keeps these ${length} bytes back: a secret value was to be found in them, and was not]\n`));
    }
  }

  /** Settles when all that was taken is on disk. Nothing is taken afterwards. */
  async finish(): Promise<void> {
    for (const stream of STREAMS) this.add(stream, this.masked[stream].end());
    await this.flush();
  }

  /** As it came and was kept: all of a judged stream up to the cap. Invalid UTF-8 shows as U+FFFD. */
  text(stream: Stream): string {
    return decoded(this.output.judged.has(stream) ? this.whole[stream] : [this.tails[stream]]);
  }

  private show(stream: Stream, bytes: Uint8Array, isCutAfter: boolean): void {
    this.add(stream, this.masked[stream].push(bytes));
    if (!isCutAfter) return;
    this.add(stream, this.masked[stream].end());
    this.add(stream, CUT);
  }

  private flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const batches = this.batches;
    this.batches = [];
    this.waiting = 0;
    if (batches.length > 0) this.written = this.written.then(() => this.write(batches));
    return this.written;
  }

  private add(stream: Stream, bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.tails[stream] = Buffer.concat([this.tails[stream], bytes]).subarray(-TAIL_BYTES);
    const offset = this.offsets[stream];
    this.offsets[stream] += bytes.length;
    this.waiting += bytes.length;
    const last = this.batches.at(-1);
    if (last?.stream === stream) {
      last.chunks.push(bytes);
      last.size += bytes.length;
    } else {
      this.batches.push({ stream, offset, chunks: [bytes], size: bytes.length });
    }
  }

  private async write(batches: readonly Batch[]): Promise<void> {
    const { shell, drill, ref } = this.output;
    const all = batches.map(({ stream, offset, chunks, size }) =>
      recordSurely(shell, { drill, event: { type: 'output', ...ref, stream, offset, length: size }, output: Buffer.concat(chunks) }),
    );
    await Promise.all(all);
  }
}

function streamsOf(mask: SecretMask): Record<Stream, MaskedStream> {
  return { stdout: mask.stream(), stderr: mask.stream() };
}

function decoded(chunks: readonly Buffer[]): string {
  const decoder = new StringDecoder('utf8');
  return chunks.map((chunk) => decoder.write(chunk)).join('') + decoder.end();
}
