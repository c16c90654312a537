// What is refused before a file is read as YAML or taken for a script: text that people and programs would see differently.
import { isUtf8 } from 'node:buffer';
import type { Place } from './place.ts';

/** No runbook or script comes near it; it bounds the work that one file can cause. */
export const LARGEST_FILE_BYTES = 1024 * 1024;

export interface TextFault {
  readonly code: 'wrong-encoding' | 'file-too-large' | 'byte-order-mark' | 'control-character' | 'bidi-control';
  readonly place: Place;
  /** A sentence without a subject, such as "holds a NUL byte". */
  readonly message: string;
  readonly remedy: string;
}

/** What programs act on and no editor shows: C0 controls other than tab and line ends, DEL, and the C1 block. */
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/u;
/** These reorder what a reviewer sees without changing what runs. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/u;

const TOO_LARGE: TextFault = {
  code: 'file-too-large',
  place: { line: 1, column: 1 },
  message: 'is larger than 1 MB',
  remedy: 'Move large content out of it, to a file on the hosts.',
};

/** The first reason to refuse a file, or null. */
export function textFault(text: string): TextFault | null {
  if (Buffer.byteLength(text, 'utf8') > LARGEST_FILE_BYTES) {
    return TOO_LARGE;
  }
  if (text.startsWith('\uFEFF')) {
    return {
      code: 'byte-order-mark',
      place: { line: 1, column: 1 },
      message: 'begins with a byte order mark',
      remedy: 'Save it as UTF-8 without BOM.',
    };
  }
  return controlFault(text) ?? bidiFault(text);
}

/**
 * The text of a file as it was read, for those who read files: UTF-8, or the reason why it is not. Nothing is replaced in silence, because
 * a replaced character in a command is another command.
 */
export function decodeRunbookText(bytes: Uint8Array): { readonly text: string } | { readonly problem: TextFault } {
  if (bytes.length > LARGEST_FILE_BYTES) return { problem: TOO_LARGE };
  const wide = wideEncoding(bytes);
  if (wide !== null) return { problem: wrongEncoding(`is written in ${wide}`, { line: 1, column: 1 }) };
  if (isUtf8(bytes)) return { text: utf8(bytes) };
  return { problem: wrongEncoding('is not written in UTF-8', placeOfBadByte(bytes)) };
}

/** The text with Unix line ends, so that how a file was checked out changes nothing. */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function wrongEncoding(message: string, place: Place): TextFault {
  return { code: 'wrong-encoding', place, message, remedy: 'Save it as UTF-8 without BOM.' };
}

/** The byte order marks of UTF-16 and UTF-32, and the zero bytes that such text has without one: every runbook begins with a Latin letter. */
function wideEncoding([a, b, c, d]: Uint8Array): string | null {
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0) return c === 0xfe || (c === 0 && d !== 0) ? 'UTF-32' : null;
  if (a !== 0 && b === 0) return c === 0 && d === 0 ? 'UTF-32' : c !== 0 && d === 0 ? 'UTF-16' : null;
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? 'UTF-16' : null;
}

const LINE_END = 0x0a;

/** Line by line: a line end is never part of another character. What is no UTF-8 decodes as the replacement character. */
function placeOfBadByte(bytes: Uint8Array): Place {
  let start = 0;
  for (let line = 1; start <= bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_END, start);
    const end = found === -1 ? bytes.length : found;
    const own = bytes.subarray(start, end);
    if (!isUtf8(own)) return { line, column: utf8(own).indexOf('\uFFFD') + 1 };
    start = end + 1;
  }
  return { line: 1, column: 1 };
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function controlFault(text: string): TextFault | null {
  const found = CONTROL.exec(text);
  if (found === null) return null;
  const name = found[0] === '\0' ? 'a NUL byte' : `the control character ${codePoint(found[0])}`;
  return {
    code: 'control-character',
    place: placeAt(text, found.index),
    message: `holds ${name}`,
    remedy: 'Remove it; in YAML write an escape such as "\\e" in double quotes where it is meant.',
  };
}

function bidiFault(text: string): TextFault | null {
  const found = BIDI.exec(text);
  if (found === null) return null;
  return {
    code: 'bidi-control',
    place: placeAt(text, found.index),
    message: `holds the direction control ${codePoint(found[0])}, which makes text look different from what runs`,
    remedy: 'Remove it.',
  };
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function placeAt(text: string, index: number): Place {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
