// A recursive delete is never of a path that a variable may shorten.
import type { LintRule } from './lint-rule.ts';
import { hasOption, invocationOf } from './shell/shell-command.ts';
import type { ShellCommand, ShellWord } from './shell/shell-command.ts';

export const carelessDelete: LintRule = {
  code: 'careless-delete',
  weight: 'warning',
  title: 'A recursive delete that a variable may turn on everything',
  why: `\`rm -rf $dir\` without quotes deletes several paths when the value holds a blank, and \`rm -rf "$dir"/*\` deletes the whole disk when it is empty:
\`sh -u\` stops at a variable that is not set, and not at one that is set to nothing. \`"\${dir:?}"\` stops at both.`,
  remedy: 'Put it in quotes, and write `"${dir:?}"` where the path goes on behind the variable.',
  bad: `inputs:
  folder: { type: string, default: restore-drill, ask: Which folder? }
steps:
  - id: remove
    title: The copies are removed
    run: rm -rf $folder/copies
    on: db
    undo: copy-again
    timeout: 1m
    estimate: 5s`,
  good: `inputs:
  folder: { type: string, default: restore-drill, ask: Which folder? }
steps:
  - id: remove
    title: The copies are removed
    run: rm -rf "\${folder:?}/copies"
    on: db
    undo: copy-again
    timeout: 1m
    estimate: 5s`,
  check({ commands }) {
    return commands.flatMap(({ text, path, by, parts }) => {
      if (!/\brm\b/.test(text)) return [];
      const word = parts().flatMap(carelessWords)[0];
      if (word === undefined) return [];
      const message = `${by} deletes \`${shortened(word.text)}\`, which is more than is meant when the value is empty or holds a blank.`;
      return [{ path, message, remedy: 'Put it in quotes, and write `"${name:?}"` where the path goes on behind the variable.' }];
    });
  },
};

function carelessWords(command: ShellCommand): readonly ShellWord[] {
  const invocation = invocationOf(command);
  if (invocation?.name !== 'rm' || !hasOption(invocation.args, 'rR', ['--recursive'])) return [];
  return invocation.args.filter(({ text, isBare }) => !text.startsWith('-') && ((isBare && !/^\$\{\w+:\?/.test(text)) || FALLS_TO_ROOT.test(text)));
}

/** A variable and then a slash with nothing or everything behind it. */
const FALLS_TO_ROOT = /^(?:\$\w+|\$\{\w+\})\/(?:\*|\.\*)?$/;
const LONGEST_SHOWN = 60;

function shortened(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
