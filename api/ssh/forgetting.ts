// Commands whose end is stored: their files are removed from their hosts, many at a time.
import type { PlanHost } from '../domain/drill/plan.ts';
import { forgetRequest } from './host-program.ts';
import { LaneLost } from './lane-lost.ts';
import type { Lanes } from './lanes.ts';
import { SshError } from './ssh-error.ts';

/** A drill goes on meanwhile, and the host has better things to do. */
const AFTER_MS = 1_000;
/** A lane can end in the moment in which it is used: another one is there soon. */
const TRIES = 4;
/** In one request; a line of shell should stay short. */
const AT_ONCE = 100;
/** When the app ends: what is not removed then, the host sweeps away later. */
const LAST_MS = 2_000;

export interface Forgetting {
  forget(host: PlanHost, id: string): void;
  /** Removes what is left, for a moment. */
  close(): Promise<void>;
}

interface Batch {
  readonly host: PlanHost;
  readonly ids: string[];
  readonly tries: number;
  readonly timer: NodeJS.Timeout;
}

export function createForgetting(lanes: Lanes): Forgetting {
  const waiting = new Map<string, Batch>();
  let isClosing = false;

  return {
    forget: (host, id) => later(host, { ids: [id], tries: 0 }),
    async close() {
      isClosing = true;
      const left = Promise.all([...waiting.keys()].map(remove));
      await Promise.race([left, new Promise<void>((settle) => setTimeout(settle, LAST_MS).unref())]);
    },
  };

  function later(host: PlanHost, { ids, tries }: Pick<Batch, 'ids' | 'tries'>): void {
    const key = JSON.stringify(host);
    const known = waiting.get(key);
    if (known !== undefined) {
      known.ids.push(...ids);
      return;
    }
    const timer = setTimeout(() => void remove(key), AFTER_MS * 2 ** tries);
    timer.unref();
    waiting.set(key, { host, ids: [...ids], tries, timer });
  }

  async function remove(key: string): Promise<void> {
    const batch = waiting.get(key);
    if (batch === undefined) return;
    clearTimeout(batch.timer);
    waiting.delete(key);
    const { host, ids, tries } = batch;
    try {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = ids.slice(at, at + AT_ONCE);
        await lanes.use(host, { isUrgent: false }, (lane) => lane.ask((word) => forgetRequest(word, some), { onBytes: () => Promise.resolve() }));
      }
    } catch (error) {
      if (!(error instanceof LaneLost || error instanceof SshError)) throw error;
      // A host that stays away keeps its files until a lane there sweeps what is old. Removing twice does no harm.
      if (!isClosing && tries + 1 < TRIES) later(host, { ids, tries: tries + 1 });
    }
  }
}
