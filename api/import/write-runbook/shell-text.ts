// Shell text of other tools, in which they paste values, rewritten so that values come as variables; or told to be unsafe for that.

/** One argument, constant. */
export function quoteShell(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export interface PlaceInShell {
  /** Where it stands in the text, and how long it is. */
  readonly from: number;
  readonly to: number;
  readonly variable: string;
}

/**
 * The text with each place as a variable: `"$x"` outside of quotes, `${x}` within double quotes. Null where a value would be read as
 * program text or not at all: in single quotes, backticks, here-documents, expansions, and where the text is handed to another shell.
 */
export function withVariables(text: string, places: readonly PlaceInShell[]): string | null {
  if (places.length === 0) return text;
  if (places.some((place) => isReadAgain(text, place)) || (text.includes('$(') && /\bcase\b/.test(text))) return null;
  const byStart = new Map(places.map((place) => [place.from, place]));
  const states: State[] = ['plain'];
  let out = '';
  let at = 0;
  while (at < text.length) {
    const place = byStart.get(at);
    if (place === undefined) {
      const length = step(text, at, states);
      out += text.slice(at, at + length);
      at += length;
      continue;
    }
    const written = variableIn(states.at(-1) ?? 'plain', place.variable);
    if (written === null) return null;
    out += written;
    at = place.to;
  }
  return out;
}

function variableIn(state: State, variable: string): string | null {
  switch (state) {
    case 'plain':
    case 'nested':
    case 'group':
      return `"$${variable}"`;
    case 'double':
      return `\${${variable}}`;
    case 'comment':
      return variable;
    case 'single':
    case 'brace':
    case 'backtick':
      return null;
  }
}

/** Programs that take their arguments for a program of their own. */
const READS_PROGRAM =
  /(?:^|[\s;&|(`"'/])(?:eval|ssh|xargs|watch|parallel|(?:ba|da|k|z)?sh\s+-\w*c|su\s.*-c|(?:python|perl|ruby|node)[\d.]*\s+-[ce]|awk|sed|jq|psql|mysql|find\s.*-exec)(?=\s|$)/;

/** Whether a value there would be read as program text: by the program of its line, in a here-document, or in an arithmetic expansion. */
function isReadAgain(text: string, { from, to }: PlaceInShell): boolean {
  const before = text.slice(0, from);
  if (/(?<!<)<<(?!<)/.test(before)) return true;
  const sum = before.lastIndexOf('$((');
  if (sum >= 0 && !before.slice(sum).includes('))')) return true;
  const end = text.indexOf('\n', to);
  const rest = text.slice(to, end < 0 ? text.length : end);
  const lines = before.split('\n');
  let line = lines.pop() ?? '';
  for (let above = lines.pop(); above !== undefined && above.endsWith('\\'); above = lines.pop()) line = `${above.slice(0, -1)} ${line}`;
  return READS_PROGRAM.test(`${line} ${rest}`);
}

type State = 'plain' | 'nested' | 'group' | 'single' | 'double' | 'brace' | 'backtick' | 'comment';

/** How many characters to copy from here; changes the state on the way. */
function step(text: string, at: number, states: State[]): number {
  const char = text[at] ?? '';
  const state = states.at(-1) ?? 'plain';
  if (state === 'comment') {
    if (char === '\n') states.pop();
    return 1;
  }
  if (state === 'single') {
    if (char === "'") states.pop();
    return 1;
  }
  if (char === '\\') return Math.min(2, text.length - at);
  if (char === '`') return toggle(states, 'backtick', 1);
  if (char === '"') return toggle(states, 'double', 1);
  if (char === '$' && text[at + 1] === '(') return opened(states, 'nested', 2);
  if (char === '$' && text[at + 1] === '{') return opened(states, 'brace', 2);
  if (state === 'brace' && char === '}') return closed(states);
  if (state === 'double') return 1;
  if (char === "'") return opened(states, 'single', 1);
  if (char === '(') return opened(states, 'group', 1);
  if (char === ')' && (state === 'nested' || state === 'group')) return closed(states);
  if (char === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) return opened(states, 'comment', 1);
  // A group in parentheses reads like its surroundings.
  return 1;
}

function toggle(states: State[], state: State, length: number): number {
  if (states.at(-1) === state) states.pop();
  else states.push(state);
  return length;
}

function opened(states: State[], state: State, length: number): number {
  states.push(state);
  return length;
}

function closed(states: State[]): number {
  states.pop();
  return 1;
}

/** A shell that a first line such as `#!/bin/bash` asks for; null for another program. */
export function shellOfScript(text: string): { readonly shell: 'sh' | 'bash' | 'dash' | 'ksh' | 'zsh' } | null {
  const line = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  if (line === null) return { shell: 'sh' };
  const program = (line[1]?.endsWith('/env') === true ? line[2] : line[1])?.split('/').at(-1);
  const shell = (['sh', 'bash', 'dash', 'ksh', 'zsh'] as const).find((known) => known === program);
  return shell === undefined ? null : { shell };
}

/** Other tools go on after a command that fails and read an unset variable as empty; runbooks stop there, unless the script says so. */
export function asWritten(text: string): string {
  const trimmed = text.trimEnd();
  const commands = trimmed.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  if (commands.length < 2 || /^\s*set\s+[-+]\w*[eu]/m.test(trimmed)) return trimmed;
  const [first = '', ...rest] = trimmed.split('\n');
  const line = 'set +eu  # as in the original; without this line it stops at the first command that fails';
  return first.startsWith('#!') ? [first, line, ...rest].join('\n') : `${line}\n${trimmed}`;
}
