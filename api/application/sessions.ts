// Browser sessions: an opaque secret in a cookie, known here only by its hash.
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import type { Account, Stores } from './stores.ts';

/** A desk that was left is closed after half an hour; a working day ends every session. */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_LONGEST_MS = 12 * 3_600_000;
/** Writing at every request would make each of them a transaction. */
const TOUCH_EVERY_MS = 60_000;
/** 256 bits: not to be guessed, so no limit on tries is needed. */
const SECRET_BYTES = 32;
const SECRET_FORM = /^[A-Za-z0-9_-]{43}$/;

type SessionApp = Pick<App, 'database' | 'clock'>;

/** Starts a session inside the transaction of the sign-in and clears those that have run out. Gives the secret for the cookie: it is kept nowhere. */
export async function startSession(stores: Stores, account: string, at: number): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await stores.accounts.endSessionsBefore(at - SESSION_LONGEST_MS, at - SESSION_IDLE_MS);
  await stores.accounts.addSession({ idHash: hashOf(secret), account, createdAt: at, lastSeenAt: at });
  return secret;
}

/** Who is behind a session; null when it is unknown, has run out, or its account is disabled. */
export async function actorOf(app: SessionApp, sessionSecret: string | null): Promise<Actor | null> {
  if (sessionSecret === null || !SECRET_FORM.test(sessionSecret)) return null;
  const idHash = hashOf(sessionSecret);
  const session = await app.database.stores.accounts.findSession(idHash);
  if (session === null) return null;
  const now = app.clock();
  if (now - session.createdAt >= SESSION_LONGEST_MS || now - session.lastSeenAt >= SESSION_IDLE_MS) return null;
  const account = await app.database.stores.accounts.find(session.account);
  if (account === null || account.isDisabled) return null;
  if (now - session.lastSeenAt >= TOUCH_EVERY_MS) await app.database.write((stores) => stores.accounts.touchSession(idHash, now));
  return actorFrom(account);
}

/** Ends the session; one that is unknown or has run out is no fault. */
export async function signOut(app: SessionApp, sessionSecret: string | null): Promise<void> {
  if (sessionSecret === null || !SECRET_FORM.test(sessionSecret)) return;
  const idHash = hashOf(sessionSecret);
  await app.database.write(async (stores) => {
    const session = await stores.accounts.findSession(idHash);
    if (session === null) return;
    await stores.accounts.endSession(idHash);
    await stores.history.append({ at: app.clock(), by: session.account, type: 'session.ended', subject: session.account, data: {} });
  });
}

export function actorFrom(account: Account): Actor {
  return { name: account.name, displayName: account.displayName, roles: account.roles };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
