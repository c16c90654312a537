// A character that was cut between two chunks: the server shows its bytes escaped on both sides, and here they are put together again.

export interface CutText {
  readonly text: string;
  /** Hex of the bytes at either end that belong to a cut character; the text holds them as `\xNN`. */
  readonly head: string | null;
  readonly tail: string | null;
}

/** What a byte takes in the text: `\xc3`. */
const ESCAPE_LENGTH = 4;

export interface Joined {
  /** How many characters at the end of the text before are to go. */
  readonly dropBefore: number;
  readonly text: string;
}

/** `tail` is that of the chunk before of the same stream. Bytes that do not make a character stay as they are shown. */
export function joinText(tail: string | null, { text, head }: CutText): Joined {
  const character = tail === null || head === null ? null : decoded(tail + head);
  if (tail === null || head === null || character === null) return { dropBefore: 0, text };
  return { dropBefore: escapedLength(tail), text: character + text.slice(escapedLength(head)) };
}

function escapedLength(hex: string): number {
  return (hex.length / 2) * ESCAPE_LENGTH;
}

function decoded(hex: string): string | null {
  const bytes = Uint8Array.from(hex.match(/../gu) ?? [], (byte) => Number.parseInt(byte, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not one character: both sides stay escaped.
    return null;
  }
}
