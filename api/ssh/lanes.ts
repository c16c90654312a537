// Lanes of hosts: lent to one request at a time, kept for the next one, closed when nobody has needed them for a while.
import type { PlanHost } from '../domain/drill/plan.ts';
import type { Connections } from './connections.ts';
import { LANE_COMMAND } from './host-program.ts';
import { Lane } from './lane.ts';

/** Long enough for the pauses between steps, short enough not to hold shells on hosts for nothing. */
const IDLE_MS = 20_000;
/** Kept for each host; what is needed beyond that in a rush is opened for it. Channels must be left for others. */
const KEPT = 3;

export interface LaneUse {
  /** Beyond the usual number of channels: for what must not wait behind commands that run. */
  readonly isUrgent: boolean;
}

export interface Lanes {
  /** Gives the lane to `work`, alone. Rejects with an SshError when none could be opened: then nothing was asked. */
  use<T>(host: PlanHost, use: LaneUse, work: (lane: Lane) => Promise<T>): Promise<T>;
  close(): void;
}

interface Idle {
  readonly lane: Lane;
  readonly timer: NodeJS.Timeout;
}

export function createLanes(connections: Pick<Connections, 'exec'>): Lanes {
  const idle = new Map<string, Idle[]>();

  return {
    async use(host, use, work) {
      const key = JSON.stringify([host, use.isUrgent]);
      const lane = take(key) ?? (await open(host, use));
      try {
        return await work(lane);
      } finally {
        keep(key, lane);
      }
    },
    close() {
      for (const { lane, timer } of [...idle.values()].flat()) {
        clearTimeout(timer);
        lane.close();
      }
      idle.clear();
    },
  };

  function take(key: string): Lane | null {
    const kept = idle.get(key)?.pop();
    if (kept === undefined) return null;
    clearTimeout(kept.timer);
    return kept.lane.isGone ? take(key) : kept.lane;
  }

  async function open(host: PlanHost, { isUrgent }: LaneUse): Promise<Lane> {
    const { channel, release } = await connections.exec(host, LANE_COMMAND, { isUrgent });
    channel.once('close', release);
    return new Lane(channel);
  }

  function keep(key: string, lane: Lane): void {
    if (lane.isGone) return;
    const kept = idle.get(key) ?? [];
    idle.set(key, kept);
    if (kept.length >= KEPT) {
      lane.close();
      return;
    }
    const timer = setTimeout(() => drop(key, lane), IDLE_MS);
    timer.unref();
    kept.push({ lane, timer });
  }

  function drop(key: string, lane: Lane): void {
    const left = (idle.get(key) ?? []).filter((one) => one.lane !== lane);
    if (left.length === 0) idle.delete(key);
    else idle.set(key, left);
    lane.close();
  }
}
