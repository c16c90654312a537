// The first admin: made once, by whoever can read the token that only the server's own user can read.
import { createHash, timingSafeEqual } from 'node:crypto';
import { done, refused, type Result } from '../domain/errors.ts';
import { accountFault, addAccount } from './accounts.ts';
import type { App } from './app.ts';
import { actorFrom, startSession } from './sessions.ts';
import type { SignedIn } from './sign-in.ts';

/** Where the token is kept: a file that only the server's user may read. */
export interface FirstRunToken {
  /** Null when there is none. */
  read(): Promise<string | null>;
  remove(): Promise<void>;
}

export interface FirstAdminInput {
  readonly token: string;
  readonly name: string;
  readonly displayName: string;
  readonly password: string;
}

export async function needsFirstAdmin(app: Pick<App, 'database'>): Promise<boolean> {
  return (await app.database.stores.accounts.count()) === 0;
}

/**
 * Makes the first account and signs it in. It is an admin and nothing else: who manages accounts and pins host keys does not start drills too.
 * Refused when there is an account already (CONFLICT), and when the token is not the one in the file (FORBIDDEN).
 */
export async function createFirstAdmin(
  app: Pick<App, 'database' | 'clock' | 'passwords'>,
  firstRun: FirstRunToken,
  input: FirstAdminInput,
): Promise<Result<SignedIn>> {
  if (!(await needsFirstAdmin(app))) return alreadyMade();
  const expected = await firstRun.read();
  if (expected === null || !isSame(expected, input.token.trim())) {
    return refused('FORBIDDEN', 'That is not the token of this first start. Copy the one from the file that the server named when it started.', {
      field: 'token',
    });
  }
  const account = { name: input.name, displayName: input.displayName, password: input.password, roles: ['admin'] as const };
  const refusal = accountFault(account);
  if (refusal !== null) return { ok: false, refusal };

  const passwordHash = await app.passwords.hash(input.password);
  const result = await app.database.write(async (stores): Promise<Result<SignedIn>> => {
    if ((await stores.accounts.count()) > 0) return alreadyMade();
    const at = app.clock();
    const added = await addAccount(stores, account, { passwordHash, at, by: input.name });
    const sessionSecret = await startSession(stores, added.name, at);
    await stores.history.append({ at, by: added.name, type: 'session.started', subject: added.name, data: { isFirst: true } });
    return done({ actor: actorFrom(added), sessionSecret });
  });
  if (result.ok) await firstRun.remove();
  return result;
}

/** In constant time: hashes have one length, whatever was typed. */
function isSame(expected: string, given: string): boolean {
  return timingSafeEqual(sha256(expected), sha256(given));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function alreadyMade(): Result<never> {
  return refused('CONFLICT', 'The first admin has been made already. Sign in, or ask an admin for an account.');
}
