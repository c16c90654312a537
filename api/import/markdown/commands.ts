// Which code blocks are commands, and which text in them is the command.

export interface Commands {
  readonly text: string;
  readonly shell: 'sh' | 'bash' | 'zsh' | 'ksh';
  /** What the block shows as printed. */
  readonly output: string;
  /** Host and user that the prompt names. */
  readonly host: string | null;
  readonly user: string | null;
}

const SHELLS: Readonly<Record<string, Commands['shell']>> = { sh: 'sh', shell: 'sh', bash: 'bash', zsh: 'zsh', ksh: 'ksh' };
const SESSIONS: ReadonlySet<string> = new Set(['console', 'shell-session', 'sh-session', 'shellsession', 'terminal', 'bash-session']);

/** `$ command`, `user@host:~$ command`, `[user@host ~]# command`. */
const PROMPT = /^[ \t]*(?:\[?([\w.-]+)@([\w.-]+)[^$#\n]{0,80}[$#]|\$)[ \t]+(.*)$/;

/** Null when a person has to read it: another language, nothing to run, or a gap to be filled in first. */
export function commandsIn(lang: string, text: string): Commands | null {
  const shell = SHELLS[lang];
  const hasPrompts = text.split('\n').some((line) => PROMPT.test(line));
  if (hasPrompts && (shell !== undefined || lang === '' || SESSIONS.has(lang))) return sessionOf(text, shell ?? 'sh');
  if (shell === undefined) return null;
  return isRunnable(text) ? { text: text.trimEnd(), shell, output: '', host: null, user: null } : null;
}

function sessionOf(text: string, shell: Commands['shell']): Commands | null {
  const commands: string[] = [];
  const output: string[] = [];
  const hosts = new Set<string>();
  const users = new Set<string>();
  let isContinued = false;
  for (const line of text.split('\n')) {
    const prompt: RegExpExecArray | null = isContinued ? null : PROMPT.exec(line);
    if (prompt === null && !isContinued) {
      output.push(line);
      continue;
    }
    if (prompt?.[1] !== undefined) users.add(prompt[1]);
    if (prompt?.[2] !== undefined) hosts.add(prompt[2]);
    const command: string = prompt === null ? line.replace(/^[ \t]*>[ \t]?/, '') : (prompt[3] ?? '');
    commands.push(command);
    isContinued = command.endsWith('\\');
  }
  const whole = commands.join('\n').trim();
  const [host] = hosts;
  const [user] = users;
  if (!isRunnable(whole) || hosts.size > 1 || users.size > 1) return null;
  return { text: whole, shell, output: output.join('\n').trim(), host: host ?? null, user: user ?? null };
}

/** `<new-primary>` would be read as a file, and `...` as a command. */
const GAP = /<[A-Za-z][\w .:-]*>|\{\{|^\s*(?:\.\.\.|…)\s*$/m;

function isRunnable(text: string): boolean {
  return !GAP.test(text) && text.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}

/** What every shell has. */
const USUAL = new Set([
  'HOME',
  'PATH',
  'USER',
  'LOGNAME',
  'HOSTNAME',
  'PWD',
  'OLDPWD',
  'SHELL',
  'LANG',
  'TMPDIR',
  'IFS',
  'UID',
  'EUID',
  'RANDOM',
  'SECONDS',
  'PPID',
]);

/** Variables in capitals that the text reads and does not set: something outside of it did. */
export function unsetVariables(text: string): readonly string[] {
  const used = [...text.matchAll(/\$\{?([A-Z][A-Z0-9_]*)/g)].map((match) => match[1] ?? '');
  const set = new Set(
    [...text.matchAll(/(?:^|[\s;(])(?:for |read (?:-\w+ )*)?([A-Z][A-Z0-9_]*)(?==|\s+in\s|\s*$|\s*;)/gm)].map((match) => match[1] ?? ''),
  );
  return [...new Set(used)].filter((name) => !set.has(name) && !USUAL.has(name));
}

/** A host that a sentence names: "on host db-1", "On `db-1`". */
export function hostIn(text: string): string | null {
  const match =
    /\b[Oo]n (?:(?:the )?(?:host|server|machine|node) `?([A-Za-z0-9][\w.-]*\w)`?|`([A-Za-z0-9][\w.-]*\w)`|([a-z][a-z0-9]*(?:[.-][a-z0-9]+)*-?\d+(?:[.-][a-z0-9]+)*)\b)/.exec(
      text,
    );
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}
