// Follows a drill's journal from any point on: what is recorded first, then what comes. Always read from the store, so nothing is missed or doubled.
import { Repeater } from '@graphql-yoga/subscription';
import type { App } from '../application/app.ts';
import type { JournalEntry } from '../domain/drill/journal.ts';

/** One entry, with its bytes when it is output. */
export interface FollowedEntry {
  readonly entry: JournalEntry;
  readonly bytes: Uint8Array | null;
}

/** How many entries are read at a time; with 64 KB of output in each this stays within some megabytes. */
const READ_AT_ONCE = 200;

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
    const stopped = stop.then(() => {
      reader.isStopped = true;
      rouse();
    });
    try {
      while (!reader.isStopped) {
        hasNews = false;
        const entries = await app.database.stores.drills.journal(drill, lastSeq, READ_AT_ONCE);
        const output = await app.database.stores.drills.outputOf(drill, outputSeqs(entries));
        for (const entry of entries) {
          await Promise.race([push({ entry, bytes: output.get(entry.seq) ?? null }), stopped]);
          lastSeq = entry.seq;
        }
        if (entries.length > 0 || hasNews) continue;
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

function outputSeqs(entries: readonly JournalEntry[]): number[] {
  return entries.filter(({ event }) => event.type === 'output').map(({ seq }) => seq);
}
