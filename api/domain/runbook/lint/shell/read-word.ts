// Reads one word of shell text: quotes, escapes, variables and substitutions.
import type { ShellCommand, ShellWord } from './shell-command.ts';

export interface Reader {
  readonly text: string;
  at: number;
  readonly depth: number;
  /** Here-documents that begin after the line. */
  readonly heredocs: { readonly until: string; readonly isIndented: boolean }[];
  listUntil(reader: Reader, closing: string): readonly ShellCommand[];
  readText(inner: string): readonly ShellCommand[];
}

/** Deeper brackets are taken as the end of what can be read. */
const MOST_DEEP = 12;
const ENDS: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n', ';', '&', '|', '(', ')', '<', '>']);

interface OpenWord {
  text: string;
  isBare: boolean;
  readonly inner: ShellCommand[];
}

/** Reads at least one character. */
export function readWord(reader: Reader): ShellWord {
  const word: OpenWord = { text: '', isBare: false, inner: [] };
  const from = reader.at;
  if (isProcess(reader)) readProcess(reader, word);
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at] ?? '';
    if (ENDS.has(char)) break;
    if (char === "'") readSingleQuoted(reader, word);
    else if (char === '"') readDoubleQuoted(reader, word);
    else readPart(reader, word, false);
  }
  if (reader.at === from) reader.at += 1;
  return word;
}

function isProcess({ text, at }: Reader): boolean {
  return (text[at] === '<' || text[at] === '>') && text[at + 1] === '(';
}

function readProcess(reader: Reader, word: OpenWord): void {
  const from = reader.at;
  reader.at += 2;
  readSubstitution(reader, word, from);
}

function readSingleQuoted(reader: Reader, word: OpenWord): void {
  const end = reader.text.indexOf("'", reader.at + 1);
  const stop = end < 0 ? reader.text.length : end;
  word.text += reader.text.slice(reader.at + 1, stop);
  reader.at = Math.min(stop + 1, reader.text.length);
}

function readDoubleQuoted(reader: Reader, word: OpenWord): void {
  reader.at += 1;
  while (reader.at < reader.text.length) {
    if (reader.text[reader.at] === '"') {
      reader.at += 1;
      return;
    }
    readPart(reader, word, true);
  }
}

/** An escape, a variable, a substitution, or one character. */
function readPart(reader: Reader, word: OpenWord, isQuoted: boolean): void {
  const { text, at } = reader;
  const char = text[at] ?? '';
  const next = text[at + 1] ?? '';
  if (char === '\\') {
    if (next !== '\n') word.text += isQuoted && !/[$`"\\]/.test(next) ? char + next : next;
    reader.at += 2;
  } else if (char === '`') {
    const end = text.indexOf('`', at + 1);
    const stop = end < 0 ? text.length : end;
    word.inner.push(...reader.readText(text.slice(at + 1, stop)));
    word.text += text.slice(at, stop + 1);
    reader.at = Math.min(stop + 1, text.length);
    word.isBare ||= !isQuoted;
  } else if (char === '$' && next === '(') {
    word.isBare ||= !isQuoted;
    if (text[at + 2] === '(') readBracketed(reader, word, { open: '(', close: ')' });
    else {
      reader.at += 2;
      readSubstitution(reader, word, at);
    }
  } else if (char === '$' && next === '{') {
    word.isBare ||= !isQuoted;
    readBracketed(reader, word, { open: '{', close: '}' });
  } else {
    word.isBare ||= char === '$' && !isQuoted && /[A-Za-z_@*\d]/.test(next);
    word.text += char;
    reader.at += 1;
  }
}

function readSubstitution(reader: Reader, word: OpenWord, from: number): void {
  if (reader.depth >= MOST_DEEP) {
    reader.at = reader.text.length;
    return;
  }
  const inside: Reader = { ...reader, depth: reader.depth + 1, heredocs: [] };
  word.inner.push(...reader.listUntil(inside, ')'));
  reader.at = inside.at;
  word.text += reader.text.slice(from, inside.at);
}

/** `${…}` and `$((…))`: taken as they are, up to the bracket that closes them. */
function readBracketed(reader: Reader, word: OpenWord, { open, close }: { readonly open: string; readonly close: string }): void {
  const from = reader.at;
  let depth = 0;
  for (reader.at += 1; reader.at < reader.text.length; reader.at += 1) {
    const char = reader.text[reader.at];
    if (char === open) depth += 1;
    if (char === close) depth -= 1;
    if (depth === 0) break;
  }
  reader.at = Math.min(reader.at + 1, reader.text.length);
  word.text += reader.text.slice(from, reader.at);
}
