// The output of one durable command on its way to the sink: keyed by place, so that reading a part twice adds nothing, and in order.
import type { RemoteSink } from '../application/ports.ts';

type Stream = 'stdout' | 'stderr';

export class DurableOutput {
  /** How far each stream has been taken, in bytes as they lie on the host. */
  readonly places: Record<Stream, number> = { stdout: 0, stderr: 0 };
  /** The beginning of stderr: what a shell or sudo says instead of starting the script. */
  complaint = '';
  private heading: Buffer;
  private seen = Buffer.alloc(0);
  private chain: Promise<void> = Promise.resolve();
  private readonly shift: number;

  /** With `heading`, stdout has to begin with that line, which is nobody's output. */
  constructor(
    private readonly sink: RemoteSink,
    heading: string | null,
  ) {
    this.heading = Buffer.from(heading === null ? '' : `${heading}\n`);
    this.shift = this.heading.length;
  }

  /** Whether the line that was to come first has come. */
  get isHeaded(): boolean {
    return this.heading.length === 0;
  }

  /** Rejects when the sink does, as does every later call. */
  give(stream: Stream, at: number, bytes: Buffer): Promise<void> {
    this.chain = this.chain.then(() => this.pass(stream, at, bytes));
    return this.chain;
  }

  private async pass(stream: Stream, at: number, bytes: Buffer): Promise<void> {
    const place = this.places[stream];
    if (at + bytes.length <= place) return;
    const fresh = bytes.subarray(Math.max(0, place - at));
    const from = Math.max(at, place);
    this.places[stream] = from + fresh.length;
    if (stream === 'stderr') {
      this.complaint = (this.complaint + fresh.toString('utf8')).slice(0, COMPLAINT_MAX);
      await this.sink.onOutput(stream, from, fresh);
      return;
    }
    const shown = this.behead(fresh);
    if (shown.length > 0) await this.sink.onOutput(stream, from + fresh.length - shown.length - this.shift, shown);
  }

  private behead(bytes: Buffer): Buffer {
    if (this.isHeaded) return bytes;
    this.seen = Buffer.concat([this.seen, bytes]);
    if (this.seen.length < this.heading.length || !this.seen.subarray(0, this.heading.length).equals(this.heading)) return Buffer.alloc(0);
    const rest = this.seen.subarray(this.heading.length);
    this.heading = Buffer.alloc(0);
    this.seen = Buffer.alloc(0);
    return rest;
  }
}

const COMPLAINT_MAX = 200;
