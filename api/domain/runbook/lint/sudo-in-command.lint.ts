// Another account is told by `become`, not by sudo inside a command.
import type { LintRule } from './lint-rule.ts';
import { baseName, hasOption } from './shell/shell-command.ts';

const CHANGERS: ReadonlySet<string> = new Set(['sudo', 'doas', 'su', 'runuser']);

export const sudoInCommand: LintRule = {
  code: 'sudo-in-command',
  weight: 'advice',
  title: 'sudo inside a command',
  why: `\`become\` shows in the plan and to the people who approve it which steps run as another account, and always asks \`sudo -n\`, which fails at once
where a password would be needed. A \`sudo\` inside a command hides that, and without \`-n\` it waits for a password that nobody types.`,
  remedy: 'Use `become: root` (or another account) at the step; put what runs as somebody else into a step of its own.',
  bad: `steps:
  - id: log
    title: The log can be read
    check: sudo tail -n 1 /var/log/postgresql/postgresql.log
    on: db`,
  good: `steps:
  - id: log
    title: The log can be read
    check: tail -n 1 /var/log/postgresql/postgresql.log
    on: db
    become: root`,
  check({ commands }) {
    return commands.flatMap(({ text, path, by, parts }) => {
      if (!/\b(?:sudo|doas|su|runuser)\b/.test(text)) return [];
      const found = parts().find(({ words }) => CHANGERS.has(baseName(words[0]?.text ?? '')));
      if (found === undefined) return [];
      const name = baseName(found.words[0]?.text ?? '');
      const mayAsk = (name === 'sudo' || name === 'doas') && !hasOption(found.words.slice(1), 'n', ['--non-interactive']);
      return [
        {
          path,
          message: `${by} changes its account with \`${name}\`${mayAsk ? ', which may wait for a password' : ''}.`,
          remedy: 'Use `become` at the step, with the account.',
        },
      ];
    });
  },
};
