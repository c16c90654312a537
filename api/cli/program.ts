// The command line: verbs, arguments and options; ALL of commander.
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ROLES, type Role } from '../application/access.ts';
import { runAccountCreate } from './account-verb.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { runImport } from './import-verb.ts';
import { runLint } from './lint-verb.ts';
import type { CliParts } from './parts.ts';

/** Runs one command. `words` are the arguments after the program's name. */
export async function runCli(parts: CliParts, words: readonly string[], version: string): Promise<ExitCode> {
  let code: ExitCode = EXIT.fine;
  const program = describeProgram(parts, version, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end the parse this way too, with 0.
    return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  }
}

function describeProgram(parts: CliParts, version: string, end: (code: ExitCode) => void): Command {
  const { terminal } = parts;
  const program = new Command('muster').description('Disaster-recovery readiness.').version(version);
  program.exitOverride().showHelpAfterError('Run muster --help for what there is.');
  program.configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
    getOutHasColors: () => terminal.isColourful,
    getErrHasColors: () => terminal.isColourful,
  });
  program
    .command('import')
    .description('show what a portfolio file would change, and write it with --apply')
    .argument('<portfolio.yaml>', 'the file')
    .option('--apply', 'write the changes', false)
    .option('--json', 'print JSON for programs', false)
    .action(async (file: string, options: { apply: boolean; json: boolean }) => {
      end(await runImport(parts, { file, isApplied: options.apply, isJson: options.json }));
    });
  program
    .command('lint')
    .description('check runbooks: errors, and advice as warnings')
    .argument('<folder>', "a runbook's folder, or a folder of them")
    .option('--json', 'print JSON for programs', false)
    .action(async (folder: string, options: { json: boolean }) => {
      end(await runLint(terminal, { folder, isJson: options.json }));
    });
  describeAccount(program, parts, end);
  return program;
}

interface AccountFlags {
  readonly displayName?: string;
  readonly role: readonly Role[];
  readonly passwordStdin: boolean;
  readonly json: boolean;
}

function describeAccount(program: Command, parts: CliParts, end: (code: ExitCode) => void): void {
  program
    .command('account')
    .description('accounts of people')
    .command('create')
    .description('make an account; asks for its password')
    .argument('<name>', 'what the person signs in with, such as maria-lopez')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}; may be given more than once`, addRole)
    .option('--display-name <text>', 'what others see; the name unless given')
    .option('--password-stdin', 'read the password from standard input', false)
    .option('--json', 'print JSON for programs', false)
    .action(async (name: string, flags: AccountFlags) => {
      const { role, displayName = name, passwordStdin, json } = flags;
      end(await runAccountCreate(parts, { name, displayName, roles: role, isPasswordOnInput: passwordStdin, isJson: json }));
    });
}

function addRole(text: string, before: readonly Role[] | undefined): readonly Role[] {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`Give one of ${ROLES.join(', ')}.`);
  return [...(before ?? []), role];
}
