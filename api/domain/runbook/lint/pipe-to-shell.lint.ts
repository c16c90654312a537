// A command does not run what it has just downloaded.
import type { LintRule } from './lint-rule.ts';
import { isShell } from './shell/read-shell.ts';
import { baseName, invocationOf } from './shell/shell-command.ts';
import type { Invocation, ShellCommand } from './shell/shell-command.ts';

const LOADERS: ReadonlySet<string> = new Set(['curl', 'wget', 'fetch', 'aria2c']);
const INTERPRETERS: ReadonlySet<string> = new Set(['python', 'python3', 'perl', 'ruby', 'node', 'php']);

export const pipeToShell: LintRule = {
  code: 'pipe-to-shell',
  weight: 'warning',
  title: 'A download that is run',
  why: `What a web server sends today was not reviewed, and in a disaster the server may be gone. Found in all its spellings: \`curl … | sh\`,
\`sh -c "$(curl …)"\`, \`bash <(curl …)\`, \`eval "$(wget …)"\`, and a file that is downloaded and then run.`,
  remedy: 'Keep the script beside the runbook and name it with `script`.',
  bad: `steps:
  - id: install
    title: The tool is there
    run: curl -fsS https://get.example.com/tool.sh | bash
    on: db
    undo: remove-tool
    timeout: 1m
    estimate: 10s`,
  good: `steps:
  - id: install
    title: The tool is there
    run: apt-get install --yes example-tool
    on: db
    undo: apt-get remove --yes example-tool
    timeout: 1m
    estimate: 10s`,
  check({ commands }) {
    return commands
      .filter(({ text, parts }) => MENTIONS_LOADER.test(text) && runsDownload(parts()))
      .map(({ path, by }) => ({
        path,
        message: `${by} runs what it downloads.`,
        remedy: 'Keep the script beside the runbook and name it with `script`.',
      }));
  },
};

/** Spares reading the words of all other commands. */
const MENTIONS_LOADER = /\b(?:curl|wget|fetch|aria2c)\b/;

function runsDownload(commands: readonly ShellCommand[]): boolean {
  let loadingPipe: number | null = null;
  const files = new Set<string>();
  for (const command of commands) {
    const invocation = invocationOf(command);
    if (command.isFirst) loadingPipe = null;
    if (invocation === null) continue;
    const isRunner = runsText(invocation);
    if (isRunner && command.isFed && loadingPipe === command.pipe) return true;
    if (isRunner && command.words.some(({ inner }) => inner.some(isLoader))) return true;
    if (runsFile(invocation, files)) return true;
    if (LOADERS.has(invocation.name)) {
      loadingPipe = command.pipe;
      for (const file of downloadedFiles(invocation)) files.add(file);
    }
  }
  return false;
}

function isLoader(command: ShellCommand): boolean {
  return LOADERS.has(invocationOf(command)?.name ?? '');
}

function runsText({ name }: Invocation): boolean {
  return isShell(name) || INTERPRETERS.has(name) || name === 'eval' || name === 'source' || name === '.';
}

function runsFile({ name, args }: Invocation, files: ReadonlySet<string>): boolean {
  if (files.size === 0) return false;
  if (files.has(name)) return true;
  return (isShell(name) || INTERPRETERS.has(name) || name === 'source' || name === '.') && args.some(({ text }) => files.has(baseName(text)));
}

function downloadedFiles({ name, args }: Invocation): readonly string[] {
  const words = args.map(({ text }) => text);
  const at = words.findIndex((text) => (name === 'wget' ? /^(?:-O|--output-document)$/ : /^(?:-[A-Za-z]*o|--output)$/).test(text));
  const named = at < 0 ? undefined : words[at + 1];
  const url = words.find((text) => /^https?:\/\//.test(text));
  const file = named ?? (name === 'wget' || words.some((text) => /^-[A-Za-z]*O$/.test(text)) ? url : undefined);
  return file === undefined || file === '-' ? [] : [baseName(file)];
}
