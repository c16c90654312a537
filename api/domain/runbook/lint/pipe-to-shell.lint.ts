// A command does not run what it has just downloaded.
import { commandsOf } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

const PIPE_TO_SHELL = /\b(curl|wget)\b[^\n|;&]*\|\s*(sudo\s+(-\S+\s+)*)?(\/\S*\/)?(ba|da|z|k)?sh\b/u;

export const pipeToShell: LintRule = {
  code: 'pipe-to-shell',
  why: 'What a web server sends today was not reviewed, and in a disaster the server may be gone.',
  check(runbook) {
    return commandsOf(runbook)
      .filter(({ command }) => PIPE_TO_SHELL.test(command))
      .map(({ path, by }) => ({
        path,
        message: `${by} runs what it downloads.`,
        remedy: 'Keep the script beside the runbook and name it with `script`.',
      }));
  },
};
