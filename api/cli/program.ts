// The command line as a whole: the program around the verbs, and how a command that cannot be understood ends.
import { Command, CommanderError } from 'commander';
import { ALL_VERBS } from './all-verbs.ts';
import { EXIT, EXIT_HELP, type ExitCode } from './exit-code.ts';
import type { CliParts } from './parts.ts';
import { examples } from './verb.ts';

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
  // Verbs take these over, so they stand before them.
  program.exitOverride().showHelpAfterError('Run muster --help for what there is.');
  program.configureOutput({
    writeOut: (text) => terminal.out(text.trimEnd()),
    writeErr: (text) => terminal.err(text.trimEnd()),
    getOutHasColors: () => terminal.isColourful,
    getErrHasColors: () => terminal.isColourful,
    getOutHelpWidth: () => terminal.columns,
    getErrHelpWidth: () => terminal.columns,
  });
  program.addHelpText('after', `\n${EXIT_HELP}\n${PROGRAM_EXAMPLES}`);
  for (const verb of ALL_VERBS) verb(program, { parts, end });
  return program;
}

const PROGRAM_EXAMPLES = examples(
  'muster new                        begin a runbook',
  'muster lint                       check all runbooks',
  'muster plan runbooks/mail         in which order its steps run, and how long that takes',
  'muster lint --help                each verb explains itself like this',
);
