// muster completion: a script for the shell that completes verbs and options, made from their own description.
import { Argument, type Command } from 'commander';
import { completionScript, SHELLS, type Shell } from './completion/completion-script.ts';
import { EXIT } from './exit-code.ts';
import { examples, type Verb } from './verb.ts';

export const completionVerb: Verb = (program, { parts, end }) => {
  program
    .command('completion')
    .description('print a script that completes verbs and options in a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .addHelpText('after', COMPLETION_EXAMPLES)
    .action((shell: Shell, _flags: object, self: Command) => {
      parts.terminal.out(completionScript(self.parent ?? program, shell));
      end(EXIT.fine);
    });
};

const COMPLETION_EXAMPLES = examples(
  'source <(muster completion bash)                                     in ~/.bashrc',
  'muster completion zsh > "${fpath[1]}/_muster"                        then start a new shell',
  'muster completion fish > ~/.config/fish/completions/muster.fish',
);
