// muster account create: makes an account past the app, for whoever holds the database.
import { InvalidArgumentError } from 'commander';
import { ROLES, type Role } from '../application/access.ts';
import { makeAccount } from '../application/accounts.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { CliParts } from './parts.ts';
import { printJson, type Terminal } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

interface AccountFlags {
  readonly displayName?: string;
  readonly role: readonly Role[];
  readonly passwordStdin: boolean;
  readonly json: boolean;
}

export const accountVerb: Verb = (program, { parts, end }) => {
  const account = program.command('account').description('accounts of people');
  account
    .command('create')
    .description('make an account; asks for its password')
    .argument('<name>', 'what the person signs in with, such as maria-lopez')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}; may be given more than once`, addRole)
    .option('--display-name <text>', 'what others see; the name unless given')
    .option('--password-stdin', 'read the password from standard input', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', examples('muster account create maria-lopez --role coordinator --display-name "Maria Lopez"'))
    .action(async (name: string, flags: AccountFlags) => {
      const { role, displayName = name, passwordStdin, json } = flags;
      end(await runAccountCreate(parts, { name, displayName, roles: role, isPasswordOnInput: passwordStdin, isJson: json }));
    });
};

function addRole(text: string, before: readonly Role[] | undefined): readonly Role[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Give one of ${ROLES.join(', ')}.`);
  return [...(before ?? []), role];
}

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
    if (options.isJson) printJson(terminal, made.value);
    else terminal.out(`Made the account ${name} (${made.value.roles.join(', ')}).`);
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
