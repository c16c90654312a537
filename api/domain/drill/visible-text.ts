// Bytes of output as text that people can read, without losing what is no text.

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The longest UTF-8 sequence has four bytes. */
const LONGEST_SEQUENCE = 4;

/** Valid UTF-8 as it is; every other byte as `\xNN`. */
export function visibleText(bytes: Uint8Array): string {
  const whole = decoded(bytes);
  if (whole !== null) return whole;
  let text = '';
  for (let index = 0; index < bytes.length;) {
    const length = validLengthAt(bytes, index);
    text += length === 0 ? `\\x${(bytes[index] ?? 0).toString(16).padStart(2, '0')}` : (decoded(bytes.subarray(index, index + length)) ?? '');
    index += Math.max(1, length);
  }
  return text;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

/** Bytes of a character that was cut: at the start those that the chunk before began, at the end those that the next one completes. */
export function cutCharacters(bytes: Uint8Array): { readonly head: Uint8Array; readonly tail: Uint8Array } {
  let head = 0;
  while (head < LONGEST_SEQUENCE - 1 && isContinuation(bytes[head])) head += 1;
  let start = bytes.length - 1;
  while (bytes.length - start < LONGEST_SEQUENCE && isContinuation(bytes[start])) start -= 1;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf5 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  const isCut = start >= head && bytes.length - start < length;
  return { head: bytes.subarray(0, head), tail: isCut ? bytes.subarray(start) : new Uint8Array() };
}

/** How many bytes from here make one character; 0 when none do. */
function validLengthAt(bytes: Uint8Array, index: number): number {
  for (let length = 1; length <= LONGEST_SEQUENCE && index + length <= bytes.length; length += 1) {
    if (decoded(bytes.subarray(index, index + length)) !== null) return length;
  }
  return 0;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    // Not valid UTF-8: the caller shows it escaped.
    return null;
  }
}
