// muster account create: makes an account past the app, for whoever holds the database.
import type { Role } from '../application/access.ts';
import { makeAccount } from '../application/accounts.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { CliParts } from './parts.ts';
import type { Terminal } from './terminal.ts';

export interface AccountOptions {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly isPasswordOnInput: boolean;
  readonly isJson: boolean;
}

export async function runAccountCreate(parts: CliParts, options: AccountOptions): Promise<ExitCode> {
  const { terminal, clock, passwords } = parts;
  const password = options.isPasswordOnInput ? firstLine(await terminal.readInput()) : await askTwice(terminal);
  if (typeof password !== 'string') return password.exit;
  const opened = await parts.openDatabase({ makes: true });
  if (opened.kind !== 'open') {
    for (const sentence of opened.kind === 'refused' ? opened.sentences : []) terminal.err(sentence);
    return EXIT.problems;
  }
  try {
    const { name, displayName, roles } = options;
    const made = await makeAccount({ database: opened.database, clock, passwords }, null, { name, displayName, roles, password });
    if (!made.ok) {
      terminal.err(made.refusal.message);
      return EXIT.problems;
    }
    terminal.out(options.isJson ? JSON.stringify(made.value, null, 2) : `Made the account ${name} (${made.value.roles.join(', ')}).`);
    return EXIT.fine;
  } finally {
    await opened.database.close();
  }
}

async function askTwice(terminal: Terminal): Promise<string | { readonly exit: ExitCode }> {
  const password = await terminal.askSecret('Password: ');
  if (password === null) {
    terminal.err('There is nobody to ask for the password. Give it on standard input with --password-stdin.');
    return { exit: EXIT.usage };
  }
  if ((await terminal.askSecret('Once more: ')) === password) return password;
  terminal.err('The two are not the same. No account was made; run it again.');
  return { exit: EXIT.problems };
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}
