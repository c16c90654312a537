// Reads how a durable command stands on its host, and what of its output has not been taken yet.
import type { DurableCommand } from '../application/ports.ts';
import type { DurableOutput } from './durable-output.ts';
import { KEPT_BYTES, pollRequest, tailRequest } from './host-program.ts';
import { hostState, type HostState } from './host-state.ts';
import { LaneLost } from './lane-lost.ts';
import type { Lanes } from './lanes.ts';
import { SshError } from './ssh-error.ts';

/** Of each stream in one look. */
const LOOK_BYTES = 1_024 * 1_024;
/** Of output that is cut, so much of its end is kept. */
const END_BYTES = 32_768;
/** Beyond every output. */
const NOWHERE = 2 ** 40;

type Stream = 'stdout' | 'stderr';

export interface Seen {
  readonly state: HostState;
  readonly isNew: boolean;
  /** There may be more output already, so that the state is not the last word. */
  readonly isMore: boolean;
}

export class DurableReader {
  constructor(
    private readonly command: DurableCommand,
    private readonly lanes: Lanes,
    private readonly output: DurableOutput,
  ) {}

  /** Rejects with a LaneLost or an SshError when the host cannot be reached, and with what the sink throws. `onHeard` when output comes. */
  async look(onHeard: () => void): Promise<Seen> {
    const { command, lanes, output } = this;
    const from = { stdout: this.wantedFrom('stdout'), stderr: this.wantedFrom('stderr') };
    const at = { ...from };
    const answer = await lanes.use(command.host, { isUrgent: true }, (lane) =>
      lane.ask((word) => pollRequest(word, command.id, { from, most: LOOK_BYTES }), {
        onBytes: async (stream, bytes) => {
          onHeard();
          const place = at[stream];
          at[stream] += bytes.length;
          await output.give(stream, place, bytes);
        },
      }),
    );
    const [text = '', cut = ''] = answer.split('/');
    const state = hostState(text);
    return {
      state: state.kind === 'ended' ? { ...state, cut } : state,
      isNew: at.stdout > from.stdout || at.stderr > from.stderr,
      isMore: at.stdout - from.stdout >= LOOK_BYTES || at.stderr - from.stderr >= LOOK_BYTES,
    };
  }

  /** The last of what was too long to be kept. `cut` names the streams that the host itself has cut. */
  async readEnds(cut: string): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) {
      const isCut = cut.includes(stream === 'stdout' ? 'o' : 'e');
      if (this.output.places[stream] >= KEPT_BYTES || isCut) await this.readEnd(stream, isCut);
    }
  }

  private wantedFrom(stream: Stream): number {
    const place = this.output.places[stream];
    return place >= KEPT_BYTES ? NOWHERE : place;
  }

  private async readEnd(stream: Stream, isCut: boolean): Promise<void> {
    const { command, lanes, output } = this;
    const chunks: Buffer[] = [];
    const file = stream === 'stdout' ? 'out' : 'err';
    try {
      const size = await lanes.use(command.host, { isUrgent: true }, (lane) =>
        lane.ask((word) => tailRequest(word, command.id, { stream: file, bytes: END_BYTES }), {
          onBytes: async (from, bytes) => void (from === 'stdout' && chunks.push(bytes)),
        }),
      );
      const bytes = Buffer.concat(chunks);
      // Where the host cut it, nobody knows how much there was: it goes on somewhere behind what was kept.
      const at = isCut ? Math.max(output.places[stream], Number(size)) + 1 : Number(size) - bytes.length;
      await output.give(stream, at, bytes);
    } catch (error) {
      if (!(error instanceof LaneLost || error instanceof SshError)) throw error;
      // The result is known, and the first part kept; the end of a flood is not worth waiting for its host.
      await output.give(stream, output.places[stream] + 1, Buffer.from('[the end could not be read from the host]\n'));
    }
  }
}
