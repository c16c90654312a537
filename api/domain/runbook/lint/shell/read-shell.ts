// Reads shell text into simple commands, in linear time: enough of the grammar for the lint, and never an error.
import { invocationOf } from './shell-command.ts';
import type { ShellCommand, ShellWord } from './shell-command.ts';
import { readWord } from './read-word.ts';
import type { Reader } from './read-word.ts';

/** Substitutions deeper than this are not looked into: nobody writes them, and it bounds the stack. */
const MOST_DEEP = 12;
const KEYWORDS: ReadonlySet<string> = new Set(['if', 'then', 'elif', 'else', 'fi', 'do', 'done', 'while', 'until', 'esac', '{', '}', '!', 'time']);
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ksh', 'zsh', 'ash', 'busybox']);

/** All simple commands, those within substitutions and within `sh -c '…'` after the one that holds them. */
export function readShell(text: string): readonly ShellCommand[] {
  return flattened(readList(text, 0), 0);
}

export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

function readList(text: string, depth: number): readonly ShellCommand[] {
  if (depth > MOST_DEEP) return [];
  return listUntil({ text, at: 0, depth, heredocs: [], listUntil, readText: (inner) => readList(inner, depth + 1) }, '');
}

/** Commands up to the closing character, which is read too; to the end where there is none. */
function listUntil(reader: Reader, closing: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let pipe = 0;
  let open = emptyCommand();
  const end = (isPipe: boolean): void => {
    const isEmpty = open.words.length === 0 && open.assignments.length === 0;
    if (!isEmpty) commands.push({ ...open, pipe });
    if (!isPipe) pipe += 1;
    open = { ...emptyCommand(), isFed: isPipe && !isEmpty, isFirst: !isPipe };
  };
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at] ?? '';
    if (char === closing) {
      reader.at += 1;
      break;
    }
    if (char === ' ' || char === '\t' || char === '\r') reader.at += 1;
    else if (char === '\\' && reader.text[reader.at + 1] === '\n') reader.at += 2;
    else if (char === '#') skipComment(reader);
    else if (char === '\n') {
      reader.at += 1;
      // A line that ends with a pipe goes on in the next one.
      if (open.isFirst || open.words.length > 0) end(false);
      skipHeredocs(reader);
    } else if (char === '|') {
      const isOr = reader.text[reader.at + 1] === '|';
      reader.at += isOr || reader.text[reader.at + 1] === '&' ? 2 : 1;
      end(!isOr);
    } else if (isAheadOfRedirection(char, reader.text[reader.at + 1])) {
      reader.at += 1;
    } else if (char === ';' || char === '&' || char === '(' || char === ')') {
      reader.at += 1;
      end(false);
    } else if ((char === '<' || char === '>') && reader.text[reader.at + 1] !== '(') {
      if (readRedirection(reader)) open.isFed = true;
    } else addWord(open, readWord(reader));
  }
  end(false);
  return commands;
}

interface OpenCommand {
  readonly words: ShellWord[];
  readonly assignments: ShellWord[];
  isFed: boolean;
  readonly isFirst: boolean;
}

function emptyCommand(): OpenCommand {
  return { words: [], assignments: [], isFed: false, isFirst: true };
}

function addWord(command: OpenCommand, word: ShellWord): void {
  if (command.words.length > 0) command.words.push(word);
  else if (KEYWORDS.has(word.text)) command.isFed ||= word.text === 'while' || word.text === 'until';
  else if (/^[A-Za-z_]\w*\+?=/.test(word.text)) command.assignments.push(word);
  else command.words.push(word);
}

/** The number or ampersand of `2>` and `&>`. */
function isAheadOfRedirection(char: string, next: string | undefined): boolean {
  return next === '>' || next === '<' ? char === '&' || (char >= '0' && char <= '9') : false;
}

function skipComment(reader: Reader): void {
  const end = reader.text.indexOf('\n', reader.at);
  reader.at = end < 0 ? reader.text.length : end;
}

/** Reads an operator and its target; true when it gives input. */
function readRedirection(reader: Reader): boolean {
  const operator = /^(?:<<<|<<-?|<>|<&|<|>>|>\||>&|>)/.exec(reader.text.slice(reader.at, reader.at + 3))?.[0] ?? '<';
  reader.at += operator.length;
  while (reader.text[reader.at] === ' ' || reader.text[reader.at] === '\t') reader.at += 1;
  const target = readWord(reader);
  if (operator === '<<' || operator === '<<-') reader.heredocs.push({ until: target.text, isIndented: operator === '<<-' });
  return operator.startsWith('<');
}

function skipHeredocs(reader: Reader): void {
  for (const { until, isIndented } of reader.heredocs.splice(0)) {
    while (reader.at < reader.text.length) {
      const end = reader.text.indexOf('\n', reader.at);
      const stop = end < 0 ? reader.text.length : end;
      const line = reader.text.slice(reader.at, stop);
      reader.at = Math.min(stop + 1, reader.text.length);
      if ((isIndented ? line.replace(/^\t+/, '') : line) === until) break;
    }
  }
}

function flattened(commands: readonly ShellCommand[], depth: number): readonly ShellCommand[] {
  return commands.flatMap((command) => [
    command,
    ...[...command.assignments, ...command.words].flatMap((word) => flattened(word.inner, depth + 1)),
    ...(depth > MOST_DEEP ? [] : flattened(readList(textForShell(command), depth + 1), depth + 1)),
  ]);
}

/** The text behind `sh -c` and `eval`, or nothing. */
function textForShell(command: ShellCommand): string {
  const invocation = invocationOf(command);
  if (invocation === null) return '';
  if (invocation.name === 'eval') return invocation.args.map(({ text }) => text).join(' ');
  if (!isShell(invocation.name) && invocation.name !== 'su') return '';
  const at = invocation.args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  return at < 0 ? '' : (invocation.args[at + 1]?.text ?? '');
}
