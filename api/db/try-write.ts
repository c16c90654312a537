// A write that tries whether writing works, and leaves nothing behind.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Transactions } from './scope.ts';

/** A full buffer of output with the entry around it; at random, since PostgreSQL packs what repeats itself. */
const TRIED_BYTES = 96 * 1_024;
/** No setting of a portfolio has this name. */
const NAME = 'storage.tried';

/** Two commits: SQLite writes nothing down of what a transaction takes away again. */
export async function tryWrite(transactions: Transactions): Promise<void> {
  const value = JSON.stringify(randomBytes((TRIED_BYTES * 3) / 4).toString('base64'));
  await transactions.write(async ({ db }) => {
    await db.deleteFrom('setting').where('name', '=', NAME).execute();
    await sql`insert into setting (name, value) values (${NAME}, ${value})`.execute(db);
  });
  await transactions.write(({ db }) => db.deleteFrom('setting').where('name', '=', NAME).execute());
}
