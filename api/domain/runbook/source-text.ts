// What is refused before a file is read as YAML or taken for a script: text that people and programs would see differently.
import type { Place } from './place.ts';

/** No runbook or script comes near it; it bounds the work that one file can cause. */
export const LARGEST_FILE_BYTES = 1024 * 1024;

export interface TextFault {
  readonly code: 'file-too-large' | 'byte-order-mark' | 'control-character' | 'bidi-control';
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

/** The first reason to refuse a file, or null. */
export function textFault(text: string): TextFault | null {
  if (Buffer.byteLength(text, 'utf8') > LARGEST_FILE_BYTES) {
    return {
      code: 'file-too-large',
      place: { line: 1, column: 1 },
      message: 'is larger than 1 MB',
      remedy: 'Move large content out of it, to a file on the hosts.',
    };
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

/** The text with Unix line ends, so that how a file was checked out changes nothing. */
export function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
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
