// muster seal: a secret as sealed text, for settings files that others may read.
import { EXIT, type ExitCode } from './exit-code.ts';
import type { CliParts } from './parts.ts';
import { examples, type Verb } from './verb.ts';

export const sealVerb: Verb = (program, { parts, end }) => {
  program
    .command('seal')
    .description("seal a secret with this installation's key; asks for it")
    .option('--stdin', 'read the secret from standard input', false)
    .addHelpText('after', examples('muster seal', 'muster seal --stdin <password.txt'))
    .action(async ({ stdin }: { readonly stdin: boolean }) => end(await runSeal(parts, { isOnInput: stdin })));
};

/** Prints the sealed text alone, for a file. It can be opened by this installation only, as long as it has its key. */
export async function runSeal({ terminal, seal }: Pick<CliParts, 'terminal' | 'seal'>, options: { readonly isOnInput: boolean }): Promise<ExitCode> {
  const secret = options.isOnInput ? (await terminal.readInput()).replace(/\r?\n$/, '') : await terminal.askSecret('Secret: ');
  if (secret === null) {
    terminal.err('There is nobody to ask for the secret. Give it on standard input with --stdin.');
    return EXIT.usage;
  }
  if (secret === '') {
    terminal.err('The secret is empty, so nothing was sealed.');
    return EXIT.usage;
  }
  const sealed = await seal(secret);
  if (sealed.ok) terminal.out(sealed.value);
  else terminal.err(sealed.refusal.message);
  return sealed.ok ? EXIT.fine : EXIT.problems;
}
