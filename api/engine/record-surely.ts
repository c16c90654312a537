// Records what has happened already and cannot be taken back: a failing write is tried again until it succeeds.
import { setTimeout as delay } from 'node:timers/promises';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { Shell } from './shell.ts';

/** A full disk is not free again in a moment, and a locked database is: so from short to long. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export interface Happened {
  readonly drill: string;
  readonly event: DrillEvent;
  readonly output?: Uint8Array;
}

/**
 * Settles once the entry is on disk, with true; with false when the reducer refuses it or the engine was detached. While it tries, the
 * caller holds back: a command's output stays on its host.
 */
export async function recordSurely(shell: Shell, happened: Happened): Promise<boolean> {
  for (let pauseMs = FIRST_PAUSE_MS; !shell.detached.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const recorded = await shell.journal.record(happened.drill, null, happened.event, happened.output);
      if (!recorded.ok) shell.log.warn({ drill: happened.drill, event: happened.event.type }, recorded.refusal.message);
      return recorded.ok;
    } catch (error) {
      shell.log.error(
        { err: error, drill: happened.drill, event: happened.event.type },
        `The journal could not be written; next try in ${pauseMs} ms`,
      );
      await delay(pauseMs, undefined, { signal: shell.detached }).catch(() => undefined); // the loop's condition sees the end
    }
  }
  return false;
}
