// Signing in with a name and a password; a wrong name and a wrong password look the same and take the same work.
import { formatDuration } from '../domain/duration.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { addressBlock } from './address-block.ts';
import type { App } from './app.ts';
import { createAttemptLimit, type AttemptLimit } from './attempt-limit.ts';
import { actorFrom, startSession } from './sessions.ts';

const WINDOW_MS = 15 * 60_000;
/** Enough for slips of the pen, too few to guess: 480 tries a day for an account. */
const MOST_FOR_ACCOUNT = 5;
/** An office behind one address shares it; those who get in are not counted. */
const MOST_FOR_ADDRESS = 20;

export interface SignInLimits {
  readonly byAccount: AttemptLimit;
  readonly byAddress: AttemptLimit;
}

export function createSignInLimits(): SignInLimits {
  return {
    byAccount: createAttemptLimit({ most: MOST_FOR_ACCOUNT, withinMs: WINDOW_MS }),
    byAddress: createAttemptLimit({ most: MOST_FOR_ADDRESS, withinMs: WINDOW_MS }),
  };
}

export type SignInApp = Pick<App, 'database' | 'clock' | 'passwords'> & { readonly signInLimits: SignInLimits };

export interface SignInAttempt {
  readonly name: string;
  readonly password: string;
  /** IP address of the caller. */
  readonly address: string;
}

export interface SignedIn {
  readonly actor: Actor;
  readonly sessionSecret: string;
}

/** Refused with UNAUTHENTICATED, or with RATE_LIMITED after five attempts for a name or twenty from an address in 15 minutes. */
export async function signIn(app: SignInApp, attempt: SignInAttempt): Promise<Result<SignedIn>> {
  const name = attempt.name.trim().toLowerCase();
  const block = addressBlock(attempt.address);
  // Counted before the work, so that many attempts at once do not slip through.
  const startedAt = app.clock();
  const waitUntil = app.signInLimits.byAddress.take(block, startedAt) ?? app.signInLimits.byAccount.take(name, startedAt);
  if (waitUntil !== null) {
    return refused('RATE_LIMITED', `Too many attempts to sign in. Wait ${formatDuration(waitUntil - startedAt)}, then try again.`);
  }

  const account = await app.database.stores.accounts.find(name);
  const isRight = account === null ? await sameWork(app, attempt.password) : await app.passwords.verify(account.passwordHash, attempt.password);
  if (account === null || !isRight || account.isDisabled) {
    await recordRefusal(app, account?.name ?? null, block);
    return refused('UNAUTHENTICATED', 'Name or password is wrong, or the account is disabled. Check both and try again.');
  }

  app.signInLimits.byAccount.clear(name);
  app.signInLimits.byAddress.giveBack(block);
  const sessionSecret = await app.database.write(async (stores) => {
    const at = app.clock();
    const secret = await startSession(stores, account.name, at);
    await stores.history.append({ at, by: account.name, type: 'session.started', subject: account.name, data: { address: block } });
    return secret;
  });
  return done({ actor: actorFrom(account), sessionSecret });
}

/** Hashing costs what verifying costs. */
async function sameWork(app: SignInApp, password: string): Promise<false> {
  await app.passwords.hash(password);
  return false;
}

/** An unknown name is not written down: people type their password there. */
async function recordRefusal(app: SignInApp, account: string | null, address: string): Promise<void> {
  const subject = account ?? '(unknown)';
  await app.database.write((stores) => stores.history.append({ at: app.clock(), by: null, type: 'session.refused', subject, data: { address } }));
}
