// Finds out what became of a commit whose answer was lost: the link to the database was cut between the two.
import type { JournalEntry } from '../domain/drill/journal.ts';
import { canonicalJson } from '../domain/history/canonical-json.ts';
import { troubleOf } from './storage-error.ts';
import type { Database } from './stores.ts';

/** Whoever looks at the page should see within seconds that it goes on. */
const ASK_EVERY_MS = 1_000;

/** Every other error is an answer: then nothing was stored. */
export function isAnswerLost(error: unknown): boolean {
  return troubleOf(error) === 'unreachable';
}

interface Doubt {
  readonly drill: string;
  /** What the commit was to store: at least one. */
  readonly entries: readonly JournalEntry[];
  /** Called before each pause, as long as the database cannot say. */
  readonly onWaiting: () => void;
}

/**
 * Settles when it is certain. It asks in a write of its own, which the database begins only when the one in doubt is over there: what has
 * not been stored by then never will be. Throws what does not pass by itself, as when the database has been closed.
 */
export async function wasStored(database: Database, { drill, entries, onWaiting }: Doubt): Promise<boolean> {
  for (;;) {
    try {
      return await database.write(({ drills }) => isFirstStored(drills, drill, entries));
    } catch (error) {
      if (troubleOf(error) === null) throw error;
    }
    onWaiting();
    await new Promise<void>((settle) => setTimeout(settle, ASK_EVERY_MS).unref());
  }
}

/** They are stored together or not at all. An entry that is the same to the millisecond under the same number is the one that was wanted. */
async function isFirstStored(
  drills: Pick<Database['stores']['drills'], 'journal'>,
  drill: string,
  [first]: readonly JournalEntry[],
): Promise<boolean> {
  if (first === undefined) return false;
  const [stored] = await drills.journal(drill, first.seq - 1, 1);
  return stored !== undefined && canonicalJson(stored) === canonicalJson(first);
}
