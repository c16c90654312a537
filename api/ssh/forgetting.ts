// Commands whose end is stored: their files are removed from their hosts, many at a time.
import type { PlanHost } from '../domain/drill/plan.ts';
import { forgetRequest } from './host-program.ts';
import { LaneLost } from './lane-lost.ts';
import type { Lanes } from './lanes.ts';
import { SshError } from './ssh-error.ts';

/** A drill goes on meanwhile, and the host has better things to do. */
const AFTER_MS = 1_000;
/** In one request; a line of shell should stay short. */
const AT_ONCE = 100;
/** When the app ends: what is not removed then, the host sweeps away later. */
const LAST_MS = 2_000;

export interface Forgetting {
  forget(host: PlanHost, id: string): void;
  /** Removes what is left, for a moment. */
  close(): Promise<void>;
}

export function createForgetting(lanes: Lanes): Forgetting {
  const waiting = new Map<string, { readonly host: PlanHost; readonly ids: string[]; readonly timer: NodeJS.Timeout }>();

  return {
    forget(host, id) {
      const key = JSON.stringify(host);
      const known = waiting.get(key);
      if (known !== undefined) {
        known.ids.push(id);
        return;
      }
      const timer = setTimeout(() => void remove(key), AFTER_MS);
      timer.unref();
      waiting.set(key, { host, ids: [id], timer });
    },
    async close() {
      const left = Promise.all([...waiting.keys()].map(remove));
      await Promise.race([left, new Promise<void>((settle) => setTimeout(settle, LAST_MS).unref())]);
    },
  };

  async function remove(key: string): Promise<void> {
    const batch = waiting.get(key);
    if (batch === undefined) return;
    clearTimeout(batch.timer);
    waiting.delete(key);
    const { host, ids } = batch;
    try {
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = ids.slice(at, at + AT_ONCE);
        await lanes.use(host, { isUrgent: false }, (lane) => lane.ask((word) => forgetRequest(word, some), { onBytes: () => Promise.resolve() }));
      }
    } catch (error) {
      // A host that is away keeps its files until the next lane there sweeps what is old.
      if (!(error instanceof LaneLost || error instanceof SshError)) throw error;
    }
  }
}
