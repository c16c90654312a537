// A lane: one channel with a long-lived `sh` at its end, which answers one request after another. A fork on the host is what a command costs.
import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import { FrameReader, type Piece, type Sign } from './frame-reader.ts';
import { HOST_PROGRAM } from './host-program.ts';
import { LaneLost } from './lane-lost.ts';

/** What a login shell prints of its own before the lane answers; more than this is no greeting. */
const GREETING_MAX = 65_536;
/** Of what a shell says instead of answering: enough to recognise it. */
const SAID_MAX = 200;
/** So much may wait for its sink before the lane is read no further: stopping at every piece would cost a flood a turn of the event loop each. */
const WAITING_MAX = 262_144;
const HELLO = /\nmuster-lane (\d{1,10})\n/;

export interface AnswerSink {
  /** One piece at a time, in order. The lane is read little further until the promise is settled. */
  onBytes(stream: Stream, bytes: Buffer): Promise<void>;
  /** The host started the durable command. */
  onStarted?(): Promise<void>;
}

type Stream = 'stdout' | 'stderr';

interface Asked {
  readonly readers: Record<Stream, FrameReader>;
  readonly sink: AnswerSink;
  readonly settle: (state: string) => void;
  readonly fail: (error: Error) => void;
  state: string | null;
}

export class Lane {
  /** Process group of the lane, and of all that it runs without a session of its own; null until it has answered. */
  group: number | null = null;
  /** Settled when the channel is gone, or the lane is of no use any more. */
  readonly gone: Promise<void>;
  isGone = false;
  private asked: Asked | null = null;
  private greeting = Buffer.alloc(0);
  private said = '';
  private chain: Promise<void> = Promise.resolve();
  /** Bytes in the chain. */
  private waiting = 0;
  private exit: { readonly code: number | null; readonly signal: string | null } | null = null;
  private readonly end = Promise.withResolvers<void>();

  constructor(private readonly channel: ClientChannel) {
    this.gone = this.end.promise;
    channel.on('data', (chunk: Buffer) => this.take('stdout', chunk));
    channel.stderr.on('data', (chunk: Buffer) => this.take('stderr', chunk));
    channel.on('exit', (code: number | null, signal?: string) => (this.exit ??= { code, signal: signal ?? null }));
    channel.on('close', (code?: number | null, signal?: string) => {
      if (typeof code === 'number' || typeof signal === 'string') this.exit ??= { code: code ?? null, signal: signal ?? null };
      this.lose();
    });
    channel.on('error', () => this.lose());
    channel.write(HOST_PROGRAM);
  }

  /** The state in the closing line. Rejects with LaneLost when the lane ends first, or with what the sink threw; the lane is unusable then. */
  async ask(makeRequest: (word: string) => string, sink: AnswerSink): Promise<string> {
    if (this.isGone) throw this.lost();
    if (this.asked !== null) throw new Error('A lane answers one request at a time.');
    const word = randomBytes(16).toString('hex');
    const readers = { stdout: new FrameReader(word), stderr: new FrameReader(word) };
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.asked = { readers, sink, settle: resolve, fail: reject, state: null };
    this.channel.write(makeRequest(word));
    try {
      return await promise;
    } finally {
      this.asked = null;
      // A child that outlives its command must not be taken for the next one.
      if (readers.stdout.strayBytes > 0 || readers.stderr.strayBytes > 0) this.close();
    }
  }

  /** Ends the shell once it has done what it does; what has a session of its own goes on. */
  close(): void {
    if (this.isGone) return;
    this.channel.end();
    this.channel.resume();
    this.channel.stderr.resume();
    this.channel.close();
    this.lose();
  }

  private take(stream: Stream, chunk: Buffer): void {
    if (this.isGone) return;
    const { asked } = this;
    const bytes = this.group === null ? this.greet(stream, chunk) : chunk;
    if (bytes.length === 0) return;
    if (asked === null) {
      this.close();
      return;
    }
    const pieces = asked.readers[stream].push(bytes);
    if (pieces.length === 0) return;
    if (asked.state === null && pieces.every(isShort)) {
      for (const piece of pieces) if (piece.kind === 'sign') this.obey(asked, stream, piece.sign);
      return;
    }
    this.deliver(asked, stream, pieces);
  }

  /** In order, one at a time; the channel waits when too much has piled up. */
  private deliver(asked: Asked, stream: Stream, pieces: readonly Piece[]): void {
    const source = stream === 'stdout' ? this.channel : this.channel.stderr;
    const size = pieces.reduce((sum, piece) => (piece.kind === 'bytes' ? sum + piece.bytes.length : sum), 0);
    this.waiting += size;
    if (this.waiting >= WAITING_MAX) source.pause();
    this.chain = this.chain.then(async () => {
      try {
        for (const piece of pieces) {
          if (piece.kind === 'bytes') await asked.sink.onBytes(stream, piece.bytes);
          else if (piece.sign.kind === '!') await asked.sink.onStarted?.();
          else this.obey(asked, stream, piece.sign);
        }
      } catch (error) {
        asked.fail(error instanceof Error ? error : new Error(String(error)));
        this.close();
      }
      this.waiting -= size;
      if (this.waiting < WAITING_MAX) for (const one of [this.channel, this.channel.stderr]) if (one.isPaused()) one.resume();
    });
  }

  private obey(asked: Asked, stream: Stream, sign: Sign): void {
    if (sign.kind === '-' && stream === 'stdout') asked.state = sign.text;
    const { stdout, stderr } = asked.readers;
    if (asked.state !== null && stdout.isClosed && stderr.isClosed) {
      const { state } = asked;
      void this.chain.then(() => asked.settle(state));
    }
  }

  /** What follows the hello, which the host prints once; whatever a login shell prints before it is nobody's answer. */
  private greet(stream: Stream, chunk: Buffer): Buffer {
    if (stream === 'stderr') {
      this.said = (this.said + chunk.toString('utf8')).slice(0, SAID_MAX);
      return chunk;
    }
    this.greeting = Buffer.concat([this.greeting, chunk]);
    const hello = HELLO.exec(this.greeting.toString('latin1'));
    if (hello === null) {
      if (this.greeting.length > GREETING_MAX) this.close();
      return Buffer.alloc(0);
    }
    this.group = Number(hello[1]);
    if (this.asked !== null) this.asked.readers.stderr.strayBytes = 0;
    return this.greeting.subarray(hello.index + hello[0].length);
  }

  private lose(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.end.resolve();
    const { asked } = this;
    if (asked === null) return;
    for (const stream of ['stdout', 'stderr'] as const) {
      const bytes = asked.readers[stream].rest();
      if (bytes.length > 0) this.deliver(asked, stream, [{ kind: 'bytes', bytes }]);
    }
    void this.chain.then(() => asked.fail(this.lost()));
  }

  private lost(): LaneLost {
    const said = this.said.trim() === '' ? this.greeting.toString('utf8') : this.said;
    return new LaneLost({ hasAnswered: this.group !== null, said: said.trim().slice(0, SAID_MAX), exit: this.exit });
  }
}

function isShort(piece: Piece): boolean {
  return piece.kind === 'sign' && piece.sign.kind !== '!';
}
