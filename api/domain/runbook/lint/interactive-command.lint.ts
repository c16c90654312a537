// A command asks nobody anything: there is no terminal, and nobody would answer.
import type { LintRule } from './lint-rule.ts';
import { hasOption, invocationOf } from './shell/shell-command.ts';
import type { Invocation, ShellCommand } from './shell/shell-command.ts';

const SCREENS: ReadonlySet<string> = new Set([
  'vi',
  'vim',
  'nvim',
  'nano',
  'emacs',
  'pico',
  'less',
  'more',
  'man',
  'htop',
  'watch',
  'screen',
  'tmux',
  'passwd',
  'visudo',
  'select',
  'dialog',
  'whiptail',
]);
/** Options that make a command ask: short letters and long names. */
const ASKING: Readonly<Record<string, readonly [short: string, long: readonly string[]]>> = {
  psql: ['W', ['--password']],
  pg_dump: ['W', ['--password']],
  rm: ['iI', ['--interactive']],
  cp: ['i', ['--interactive']],
  mv: ['i', ['--interactive']],
};
const INSTALLERS: ReadonlySet<string> = new Set(['apt', 'apt-get', 'yum', 'dnf', 'aptitude', 'zypper']);
const CHANGES: ReadonlySet<string> = new Set([
  'install',
  'remove',
  'purge',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
  'autoremove',
  'update-minimal',
  'erase',
]);

export const interactiveCommand: LintRule = {
  code: 'interactive-command',
  weight: 'warning',
  title: 'A command that waits for a person',
  why: `Commands run without a terminal, and the shell's input is the script itself: an editor or pager fails or hangs, and a bare \`read\` eats the next
lines of the script. What a person must do is a \`confirm\`, and what a person must say is an input.`,
  remedy: 'Use the form of the command that asks nothing (`--yes`, `--batch`, a password file), a `confirm` step, or an input.',
  bad: `steps:
  - id: log
    title: The log shows no errors
    check: less /var/log/postgresql/postgresql.log
    on: db`,
  good: `steps:
  - id: log
    title: The log shows no errors
    check: tail -n 100 /var/log/postgresql/postgresql.log
    on: db`,
  check({ commands }) {
    return commands.flatMap(({ text, path, by, parts }) => {
      if (!MAY_ASK.test(text)) return [];
      const found = parts().find(asks);
      const name = found === undefined ? null : invocationOf(found)?.name;
      return name
        ? [
            {
              path,
              message: `${by} runs \`${name}\` in a way that waits for a person.`,
              remedy: 'Use a form that asks nothing, a `confirm` step, or an input.',
            },
          ]
        : [];
    });
  },
};

/** Spares reading the words of all other commands. */
const MAY_ASK =
  /\b(?:vim?|nvim|nano|emacs|pico|less|more|man|h?top|watch|screen|tmux|passwd|visudo|select|dialog|whiptail|psql|pg_dump|mysql\w*|mariadb\w*|rm|cp|mv|apt|apt-get|aptitude|yum|dnf|zypper|read)\b/u;

function asks(command: ShellCommand): boolean {
  const invocation = invocationOf(command);
  if (invocation === null) return false;
  const { name, args } = invocation;
  if (name === 'read') return !command.isFed;
  if (name === 'less' || name === 'more') return true;
  if (name === 'top') return !hasOption(args, 'b', ['--batch-mode']);
  if (SCREENS.has(name)) return !(name === 'tmux' || name === 'screen') || !args.some(({ text }) => /^(?:-dm|-d|-X|kill|send)/.test(text));
  if (INSTALLERS.has(name)) return installs(invocation);
  // `-p` alone asks; `-psecret` does not, and is found by another rule.
  if (/^(?:mysql|mariadb)/.test(name)) return args.some(({ text }) => text === '-p' || text === '--password');
  const asking = Object.hasOwn(ASKING, name) ? ASKING[name] : undefined;
  return asking !== undefined && hasOption(args, ...asking) && !hasOption(args, name === 'rm' ? 'f' : '', ['--force']);
}

function installs({ args }: Invocation): boolean {
  const isChange = args.some(({ text }) => CHANGES.has(text));
  return (
    isChange &&
    !hasOption(args, 'y', ['--yes', '--assumeyes', '--assume-yes', '--non-interactive']) &&
    !hasOption(args, 'q', ['--simulate', '--dry-run'])
  );
}
