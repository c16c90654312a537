// Follows a drill's journal from any point on: what is recorded first, then what comes. Always read from the store, so nothing is missed or doubled.
import { Repeater } from '@graphql-yoga/subscription';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../application/app.ts';
import { troubleOf } from '../application/storage-error.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';

/** One entry, with its bytes when it is output. */
export interface FollowedEntry {
  readonly entry: JournalEntry;
  readonly bytes: Uint8Array | null;
}

/** How many entries are read at a time; with 64 KB of output in each this stays within some megabytes. */
const READ_AT_ONCE = 200;

/** As often is looked whether the database is back. */
const AWAY_MS = 2_000;

/** Ends only when the reader ends it. A slow reader slows the reading, never the drill. */
export function followDrill(app: App, drill: string, after: number): AsyncIterableIterator<FollowedEntry> {
  return new Repeater<FollowedEntry>(async (push, stop) => {
    let lastSeq = after;
    let wake: (() => void) | null = null;
    const reader = { isStopped: false };
    let hasNews = false;
    const rouse = (): void => {
      hasNews = true;
      wake?.();
    };
    const unsubscribe = app.bus.subscribe('drill', (message) => {
      if (message.drill === drill) rouse();
    });
    const unsubscribeBehind = app.bus.subscribe('behind', rouse);
    const over = new AbortController();
    const stopped = stop.then(() => {
      reader.isStopped = true;
      over.abort();
      rouse();
    });
    try {
      while (!reader.isStopped) {
        hasNews = false;
        const read = await readOn(app, drill, lastSeq);
        if (read === null) {
          await delay(AWAY_MS, undefined, { signal: over.signal }).catch(() => undefined); // the loop's condition sees the end
          continue;
        }
        for (const one of read) {
          await Promise.race([push(one), stopped]);
          lastSeq = one.entry.seq;
        }
        if (read.length > 0 || hasNews) continue;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      unsubscribe();
      unsubscribeBehind();
    }
  });
}

/** Null while the database is away: the page says so by itself, and the reader waits. */
async function readOn({ database }: App, drill: string, after: number): Promise<readonly FollowedEntry[] | null> {
  const { drills } = database.stores;
  try {
    const entries = await drills.journal(drill, after, READ_AT_ONCE);
    const output = await drills.outputOf(drill, outputSeqs(entries));
    return entries.map((entry) => ({ entry, bytes: output.get(entry.seq) ?? null }));
  } catch (error) {
    if (troubleOf(error) === null) throw error;
    return null;
  }
}

function outputSeqs(entries: readonly JournalEntry[]): number[] {
  return entries.filter(({ event }) => event.type === 'output').map(({ seq }) => seq);
}
