// Tells the listeners of this process what other processes have stored: read from the database by number, so that nothing is told that is not there.
import type { Bus } from './ports.ts';
import type { Database, Heard } from './stores.ts';

/** Longer than any commit; what is left over comes with the next turn. */
const READ_AT_ONCE = 1_000;

interface Relay {
  readonly database: Database;
  readonly bus: Bus;
  /** Reading failed: what was heard is lost, and listeners are told that they are behind. */
  readonly onError: (error: unknown) => void;
}

/** Gives what ends it. */
export function relayOthers({ database, bus, onError }: Relay): () => Promise<void> {
  // In the order in which it was heard: entries of a drill must not overtake each other.
  let last: Promise<void> = Promise.resolve();
  return database.hear((heard) => {
    last = last
      .then(() => relay(heard))
      .catch((error: unknown) => {
        onError(error);
        // The connection that hears may be as well as ever: then nobody else would say so.
        bus.publish('behind', {});
      });
  });

  async function relay(heard: Heard): Promise<void> {
    switch (heard.kind) {
      case 'behind':
        bus.publish('behind', {});
        return;
      case 'score': {
        const changes = await database.stores.readiness.movesBetween(heard.service, heard.from, heard.to);
        if (changes.length > 0) bus.publish('scores', { changes });
        return;
      }
      case 'entries':
        for (let seq = heard.from - 1; seq < heard.to;) {
          const entries = await database.stores.drills.journal(heard.drill, seq, Math.min(READ_AT_ONCE, heard.to - seq));
          if (entries.length === 0) return;
          bus.publish('drill', { drill: heard.drill, entries, isFromElsewhere: true });
          seq = entries.at(-1)?.seq ?? heard.to;
        }
    }
  }
}
