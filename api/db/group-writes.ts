// Writes that wait at the same time share one commit on SQLite: to bring a commit to the disk costs more than all that is in it.
import { AsyncResource } from 'node:async_hooks';
import type { ControlledTransaction, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A statement on SQLite holds up the whole process, so after this long the group is committed, and everything else has its turn. */
const GROUP_MS = 10;

type Work<T> = (transaction: Kysely<Tables>) => Promise<T>;

interface Job {
  /** Settles when all of it has been done, and not yet committed. Gives what is to be told after the commit. */
  readonly perform: Work<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * One after the other, in their order. Each is stored as a whole or not at all, whatever becomes of the others of its group, and
 * nobody is told before its commit. Where the commit fails, all of the group fails.
 */
export function groupedWrites(kysely: Kysely<Tables>, groupMs = GROUP_MS): <T>(work: Work<T>) => Promise<T> {
  const waiting: Job[] = [];
  let isWorking = false;

  return <T>(work: Work<T>) =>
    new Promise<T>((settle, fail) => {
      const perform = AsyncResource.bind(async (transaction: Kysely<Tables>) => {
        const result = await work(transaction);
        return () => settle(result);
      });
      waiting.push({ perform, fail });
      if (!isWorking) void workOn();
    });

  async function workOn(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) {
      await writeGroup(kysely, waiting, groupMs);
      await new Promise<void>((settle) => setImmediate(settle));
    }
    isWorking = false;
  }
}

type Transaction = ControlledTransaction<Tables>;
type Tell = () => void;

/** Takes from those waiting what it writes; at least one. Never rejects. */
async function writeGroup(kysely: Kysely<Tables>, waiting: Job[], groupMs: number): Promise<void> {
  const until = performance.now() + groupMs;
  const first = waiting.shift();
  if (first === undefined) return;
  const taken = [first];
  const told: Tell[] = [];
  try {
    const transaction = await kysely.startTransaction().execute();
    await endingIn(transaction, async () => {
      told.push(await first.perform(transaction));
      for (let next = another(waiting, until); next !== undefined; next = another(waiting, until)) {
        const tell = await performAfterOthers(transaction, next);
        if (tell === null) continue;
        taken.push(next);
        told.push(tell);
      }
    });
  } catch (error) {
    for (const job of taken) job.fail(error);
    return;
  }
  for (const tell of told) tell();
}

function another(waiting: Job[], until: number): Job | undefined {
  return performance.now() < until ? waiting.shift() : undefined;
}

async function endingIn(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    await transaction.commit().execute();
  } catch (error) {
    await transaction.rollback().execute();
    throw error;
  }
}

/** Null when it failed alone, and left nothing. Rejects when the others are lost with it: a full disk ends the whole transaction. */
async function performAfterOthers(transaction: Transaction, job: Job): Promise<Tell | null> {
  const own = await transaction.savepoint('job').execute();
  try {
    const tell = await job.perform(own);
    await own.releaseSavepoint('job').execute();
    return tell;
  } catch (error) {
    job.fail(error);
    await own
      .rollbackToSavepoint('job')
      .execute()
      .catch(() => Promise.reject(error)); // what happened first says more
    return null;
  }
}
