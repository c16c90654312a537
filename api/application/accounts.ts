// Accounts: their form, and how an admin makes one.
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import { deny, type Actor, type Role } from './access.ts';
import type { App } from './app.ts';
import { actorFrom } from './sessions.ts';
import type { Account, Stores } from './stores.ts';

/** Long enough that guessing at the sign-in limit is hopeless; no other rule makes a password better. */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 1_000;
const NAME_FORM = /^[a-z][a-z0-9-]{1,39}$/;
const LONGEST_DISPLAY_NAME = 100;

export interface AccountInput {
  readonly name: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

type AccountApp = Pick<App, 'database' | 'clock' | 'passwords'>;

/** Takes people.manage. Refused with INVALID_INPUT naming the field, or with CONFLICT when the name is taken. */
export async function createAccount(app: AccountApp, actor: Actor | null, input: AccountInput): Promise<Result<Actor>> {
  const refusal = deny(actor, 'people.manage');
  return refusal === null ? makeAccount(app, actor?.name ?? null, input) : { ok: false, refusal };
}

/** The same for the command line, which asks nobody: its user holds the database itself. `by` null is recorded as Muster's own doing. */
export async function makeAccount(app: AccountApp, by: string | null, input: AccountInput): Promise<Result<Actor>> {
  const refusal = accountFault(input);
  if (refusal !== null) return { ok: false, refusal };
  const passwordHash = await app.passwords.hash(input.password);
  return app.database.write(async (stores) => {
    if ((await stores.accounts.find(input.name)) !== null) {
      return refused('CONFLICT', `There is an account named ${input.name} already. Choose another name.`, { field: 'name' });
    }
    return done(actorFrom(await addAccount(stores, input, { passwordHash, at: app.clock(), by })));
  });
}

/** Stores the account and records it, inside the caller's transaction. */
export async function addAccount(
  stores: Stores,
  input: AccountInput,
  made: { readonly passwordHash: string; readonly at: number; readonly by: string | null },
): Promise<Account> {
  const account: Account = {
    name: input.name,
    displayName: input.displayName.trim(),
    roles: [...new Set(input.roles)],
    passwordHash: made.passwordHash,
    isDisabled: false,
    createdAt: made.at,
  };
  await stores.accounts.create(account);
  await stores.history.append({
    at: made.at,
    by: made.by,
    type: 'account.created',
    subject: account.name,
    data: { displayName: account.displayName, roles: account.roles },
  });
  return account;
}

/** The first thing that is wrong with it, naming the field; null when it may be made. */
export function accountFault(input: AccountInput): Refusal | null {
  if (!NAME_FORM.test(input.name)) {
    return fault('name', 'A name is 2 to 40 small letters, digits and hyphens, and begins with a letter, such as maria-lopez.');
  }
  const displayName = input.displayName.trim();
  if (displayName === '' || displayName.length > LONGEST_DISPLAY_NAME) {
    return fault('displayName', `Give the name that people see, up to ${LONGEST_DISPLAY_NAME} characters.`);
  }
  if (input.roles.length === 0) return fault('roles', 'An account needs at least one role.');
  return passwordFault(input.password);
}

function passwordFault(password: string): Refusal | null {
  const { length } = password;
  if (length < SHORTEST_PASSWORD) {
    return fault('password', `The password has ${length} characters; it takes at least ${SHORTEST_PASSWORD}. A sentence is easy to remember.`);
  }
  if (length > LONGEST_PASSWORD) return fault('password', `The password is longer than ${LONGEST_PASSWORD} characters.`);
  return null;
}

function fault(field: string, message: string): Refusal {
  return refused('INVALID_INPUT', message, { field }).refusal;
}
