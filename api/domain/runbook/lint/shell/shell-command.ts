// Shell text as the lint sees it: simple commands with their words. Nothing is expanded, and nothing is run.

export interface ShellWord {
  /** As it is meant: without quotes and escapes; variables stay as they are written. */
  readonly text: string;
  /** It holds a variable or a substitution outside of quotes. */
  readonly isBare: boolean;
  /** What `$(…)`, backticks and `<(…)` in it would run. */
  readonly inner: readonly ShellCommand[];
}

export interface ShellCommand {
  /** Name and arguments, without redirections and without the variables that are set ahead of them. */
  readonly words: readonly ShellWord[];
  /** `NAME=value` ahead of the name. */
  readonly assignments: readonly ShellWord[];
  /** Commands of one pipe have the same number. */
  readonly pipe: number;
  /** It reads from a pipe, a file or a here-document, or is what `while` asks. */
  readonly isFed: boolean;
  /** It comes first in its pipe. */
  readonly isFirst: boolean;
}

/** The last part of a path, so that `/usr/bin/curl` is curl. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export interface Invocation {
  readonly name: string;
  readonly args: readonly ShellWord[];
}

/** Words that run the words after them, with the options that take a value of their own. */
const PREFIXES: Readonly<Record<string, string>> = {
  sudo: 'ugChpRTD',
  doas: 'uC',
  env: 'uC',
  nohup: '',
  nice: 'n',
  ionice: 'cn',
  setsid: '',
  exec: 'a',
  command: '',
  builtin: '',
  time: 'fo',
  timeout: 'ks',
  xargs: 'adEILnPs',
  stdbuf: 'ioe',
};

/** What really runs: the name behind `sudo -n`, `env A=b`, `timeout 5` and the like. Null where there is no name. */
export function invocationOf({ words }: Pick<ShellCommand, 'words'>): Invocation | null {
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word === undefined) return null;
    const name = baseName(word.text);
    const valued = Object.hasOwn(PREFIXES, name) ? PREFIXES[name] : undefined;
    if (valued === undefined) return { name, args: words.slice(at + 1) };
    const next = afterOptions(words, at + 1, valued) + (name === 'timeout' ? 1 : 0);
    if (words[next] === undefined) return { name, args: words.slice(at + 1) };
    at = next;
  }
}

function afterOptions(words: readonly ShellWord[], from: number, valued: string): number {
  let at = from;
  for (; at < words.length; at += 1) {
    const text = words[at]?.text ?? '';
    const isOption = text.startsWith('-') && text !== '-';
    if (!isOption && !/^[A-Za-z_]\w*=/.test(text)) break;
    if (/^-[A-Za-z]+$/.test(text) && valued.includes(text.slice(-1))) at += 1;
  }
  return at;
}

/** Whether the arguments hold one of the long options, or a short one alone or among others (`-fsSk`). */
export function hasOption(args: readonly ShellWord[], short: string, long: readonly string[]): boolean {
  return args.some(({ text }) => {
    if (text.startsWith('--')) return long.some((name) => text === name || text.startsWith(`${name}=`));
    return short !== '' && /^-[A-Za-z]+$/.test(text) && short.split('').some((letter) => text.includes(letter));
  });
}
