// Knows whether the database takes what is written: told by the writes themselves, and by tries of its own until it does again.
import { StorageError, type StorageTrouble } from './storage-error.ts';
import type { Clock, Storage, StorageState } from './ports.ts';
import type { Database } from './stores.ts';

/** Those who look at the page should see within seconds that it is over. */
const TRY_EVERY_MS = 2_000;

/** The log's part that is used; pino has this shape. */
interface WatchLog {
  error(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface WatchedStorage extends Storage {
  /** To be written through; use cases write in no other way. */
  readonly database: Database;
  /** Ends the tries. */
  stop(): void;
}

/**
 * One small write that succeeds does not end the trouble: on a disk that is nearly full the next larger one fails again. So what ends it is
 * `tryWrite`, which writes as much as a usual entry does.
 */
export function watchStorage(database: Database, { clock, log }: { readonly clock: Clock; readonly log: WatchLog }): WatchedStorage {
  let state: StorageState = { isWritable: true };
  let timer: NodeJS.Timeout | null = null;

  const failed = (error: StorageError, trouble: StorageTrouble): void => {
    if (state.isWritable) log.error({ err: error }, 'Nothing can be stored any more; nothing new is started until it can');
    state = { isWritable: false, sinceAt: state.isWritable ? clock() : state.sinceAt, trouble };
    timer ??= setTimeout(() => void tryAgain(), TRY_EVERY_MS).unref();
  };
  const tryAgain = async (): Promise<void> => {
    try {
      await database.tryWrite();
      if (timer === null) return; // stopped meanwhile
      timer = null;
      state = { isWritable: true };
      log.warn({}, 'What is written is stored again; drills go on');
    } catch (error) {
      if (timer === null) return;
      timer = null;
      if (error instanceof StorageError && error.trouble !== null) failed(error, error.trouble);
      else {
        // Of another kind: the writes that people need will tell about it.
        state = { isWritable: true };
        log.error({ err: error }, 'A write that was tried failed for another reason');
      }
    }
  };

  return {
    state: () => state,
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
    database: {
      ...database,
      async write(work) {
        try {
          return await database.write(work);
        } catch (error) {
          if (error instanceof StorageError && error.trouble !== null) failed(error, error.trouble);
          throw error;
        }
      },
    },
  };
}
