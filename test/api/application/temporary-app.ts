// What sign-in and schedule tests run on: a real SQLite database in a folder of its own, real argon2id, and a clock that is set by hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSignInLimits, type SignInApp } from '../../../api/application/sign-in.ts';
import type { App } from '../../../api/application/app.ts';
import { openDatabase } from '../../../api/db/open-database.ts';
import { argon2Passwords } from '../../../api/passwords/argon2.ts';

export interface TemporaryApp {
  readonly app: SignInApp & Pick<App, 'abilities'>;
  /** Empty folder beside the database. */
  readonly folder: string;
  advance(ms: number): void;
  set(at: number): void;
  end(): Promise<void>;
}

const ABILITIES = { isLocalAllowed: false, channels: new Set(['drill', 'ops']) };

export async function temporaryApp(startsAt: number = Date.UTC(2026, 5, 1, 9, 0)): Promise<TemporaryApp> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-app-'));
  const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'muster.db') });
  await database.migrate();
  let now = startsAt;
  return {
    app: { database, clock: () => now, passwords: argon2Passwords(), signInLimits: createSignInLimits(), abilities: ABILITIES },
    folder,
    advance: (ms) => {
      now += ms;
    },
    set: (at) => {
      now = at;
    },
    end: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
