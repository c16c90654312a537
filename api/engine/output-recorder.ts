// Takes the output of one attempt: into the journal in batches, up to the cap, and beside it what the judgement needs.
import { StringDecoder } from 'node:string_decoder';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { recordSurely } from './record-surely.ts';
import type { Shell } from './shell.ts';

/** Kept for each step and host; a log is read by people, and a flood must not fill the disk. */
export const OUTPUT_CAP = 10 * 1_024 * 1_024;
/** A batch is committed when it is this large or this old, so that a flood does not make one commit a line. */
const BATCH_BYTES = 64 * 1_024;
const BATCH_MS = 100;
/** Of a stream that is not judged, enough for the last line. */
const TAIL_BYTES = 4 * 1_024;
const CUT = Buffer.from('\n[Muster keeps 10 MB of output for each step and host; the rest was cut here]\n');

type Stream = 'stdout' | 'stderr';

export interface OutputOf {
  readonly shell: Shell;
  readonly drill: string;
  readonly ref: AttemptRef;
  /** Bytes that are stored for this step and host already. */
  readonly storedBytes: number;
  /** Streams that are kept whole for the judgement. */
  readonly judged: ReadonlySet<Stream>;
}

interface Batch {
  readonly stream: Stream;
  readonly offset: number;
  readonly chunks: Uint8Array[];
  size: number;
}

export class OutputRecorder {
  private room: number;
  private batches: Batch[] = [];
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private written: Promise<void> = Promise.resolve();
  private readonly kept: Record<Stream, Buffer[]> = { stdout: [], stderr: [] };

  constructor(private readonly output: OutputOf) {
    this.room = OUTPUT_CAP - output.storedBytes;
  }

  /** Settles when more may come: at once while the batch has room, else once it is on disk. */
  async take(stream: Stream, offset: number, bytes: Uint8Array): Promise<void> {
    if (this.room <= 0) return;
    const fits = bytes.subarray(0, this.room);
    this.room -= fits.length;
    this.keep(stream, fits);
    this.add(stream, offset, fits);
    if (fits.length < bytes.length || this.room === 0) this.add(stream, offset + fits.length, CUT);
    if (this.waiting >= BATCH_BYTES) await this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), BATCH_MS);
  }

  /** Settles when all that was taken is on disk. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const batches = this.batches;
    this.batches = [];
    this.waiting = 0;
    if (batches.length > 0) this.written = this.written.then(() => this.write(batches));
    return this.written;
  }

  /** As far as it was kept: all of a judged stream up to the cap, the tail of the other. Invalid UTF-8 shows as U+FFFD. */
  text(stream: Stream): string {
    const decoder = new StringDecoder('utf8');
    return this.kept[stream].map((chunk) => decoder.write(chunk)).join('') + decoder.end();
  }

  private keep(stream: Stream, bytes: Uint8Array): void {
    const chunks = this.kept[stream];
    chunks.push(Buffer.from(bytes));
    if (this.output.judged.has(stream)) return;
    const tail = Buffer.concat(chunks).subarray(-TAIL_BYTES);
    this.kept[stream] = [tail];
  }

  private add(stream: Stream, offset: number, bytes: Uint8Array): void {
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
