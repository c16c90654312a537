// The little formatting that people write into instructions: `code`, **strong** and *stress*, and lines as written.

export interface ProsePart {
  readonly kind: 'text' | 'code' | 'strong' | 'stress';
  readonly text: string;
}

const MARKED = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\s][^*\n]*)\*/gu;

/** The text in parts, in order. Marks without a partner stay as they are; nothing is ever read as HTML. */
export function proseParts(text: string): ProsePart[] {
  const parts: ProsePart[] = [];
  let end = 0;
  for (const match of text.matchAll(MARKED)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const [whole, code, strong, stress] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'stress', text: stress ?? whole });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
