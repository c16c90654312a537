// The demo's accounts: roles of a company that does not exist, with one password made at the first start.
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../application/access.ts';
import { makeAccount } from '../application/accounts.ts';
import type { App } from '../application/app.ts';
import { actorFrom } from '../application/sessions.ts';

export const COORDINATOR = 'dr-coordinator';
export const LEDGER_OWNER = 'ledger-owner';

const ACCOUNTS = [
  { name: COORDINATOR, displayName: 'DR coordinator', roles: ['coordinator'] },
  // One coordinator starts a drill, another says go.
  { name: 'dr-deputy', displayName: 'Deputy DR coordinator', roles: ['coordinator'] },
  { name: LEDGER_OWNER, displayName: 'Ledger owner', roles: ['service-owner'] },
  { name: 'payments-duty', displayName: 'Payments duty', roles: ['service-owner'] },
  { name: 'internal-auditor', displayName: 'Internal auditor', roles: ['auditor'] },
  { name: 'demo-admin', displayName: 'Administrator', roles: ['admin'] },
] as const;

const PASSWORD_FILE = 'sign-in-password';
/** 96 bits as 16 letters: short enough to type once. */
const PASSWORD_BYTES = 12;

/** Makes what is missing; the password lies in a file that only this user can read. */
export async function demoAccounts(
  app: App,
  { dataFolder }: { readonly dataFolder: string },
): Promise<{ readonly password: string; readonly names: readonly string[] }> {
  const password = await demoPassword(join(dataFolder, PASSWORD_FILE));
  for (const account of ACCOUNTS) {
    if ((await app.database.stores.accounts.find(account.name)) !== null) continue;
    const made = await makeAccount(app, null, { ...account, password });
    if (!made.ok) throw new Error(made.refusal.message);
  }
  return { password, names: ACCOUNTS.map(({ name }) => name) };
}

/** The person behind a demo account. */
export async function demoActor(app: App, name: string): Promise<Actor> {
  const account = await app.database.stores.accounts.find(name);
  if (account === null) throw new Error(`The demo has no account ${name}.`);
  return actorFrom(account);
}

async function demoPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}
