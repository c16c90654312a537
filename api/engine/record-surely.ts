// Records what has happened already and cannot be taken back: a failing write is tried again until it succeeds.
import { setTimeout as delay } from 'node:timers/promises';
import { troubleOf } from '../application/storage-error.ts';
import type { DrillEvent } from '../domain/drill/journal.ts';
import type { Shell } from './shell.ts';

/** A full disk is not free again in a moment, and a locked database is: so from short to long. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** What is to be recorded of one drill. */
export interface Recorded extends Omit<Happened, 'drill'> {
  /** Given up when the first try fails: by the next one it may not be true any more. */
  readonly isForNow?: boolean;
}

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
  const [isRecorded = false] = await recordAllSurely(shell, happened.drill, [happened]);
  return isRecorded;
}

/** The same for several in one commit, in their order: all of them are on disk, or none; one that is refused or given up leaves the others. */
export async function recordAllSurely(shell: Shell, drill: string, all: readonly Recorded[]): Promise<readonly boolean[]> {
  let left = all;
  for (let pauseMs = FIRST_PAUSE_MS; !shell.detached.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      // Asked for in one turn of the event loop, they share a commit.
      const recorded = await Promise.all(left.map(({ event, output }) => shell.journal.record(drill, null, event, output)));
      for (const [index, one] of recorded.entries()) {
        // An intent was looked ahead for, and somebody may have acted since.
        if (!one.ok && left[index]?.event.type !== 'attempt-intended') shell.log.warn({ drill, event: left[index]?.event.type }, one.refusal.message);
      }
      return all.map((one) => recorded[left.indexOf(one)]?.ok === true);
    } catch (error) {
      if (shell.detached.aborted) break;
      shell.log.error({ err: error, drill, event: all.at(-1)?.event.type }, `The journal could not be written; next try in ${pauseMs} ms`);
      left = all.filter(({ isForNow }) => isForNow !== true);
      await delay(pauseMs, undefined, { signal: shell.detached }).catch(() => undefined); // the loop's condition sees the end
    }
  }
  return all.map(() => false);
}

/** What must be read before what happened can be recorded. Null when the engine was detached; errors that do not pass by themselves are thrown. */
export async function readSurely<T>(shell: Shell, drill: string, read: () => Promise<T>): Promise<T | null> {
  for (let pauseMs = FIRST_PAUSE_MS; !shell.detached.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await read();
    } catch (error) {
      if (troubleOf(error) === null) throw error;
      shell.log.error({ err: error, drill }, `The database could not be read; next try in ${pauseMs} ms`);
      await delay(pauseMs, undefined, { signal: shell.detached }).catch(() => undefined); // the loop's condition sees the end
    }
  }
  return null;
}
