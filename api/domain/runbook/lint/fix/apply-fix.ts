// Applies a fix to the text it was made for.
import type { Fix, TextPoint } from '../../../errors.ts';

/** The text with all edits made. Points behind the end of a line or of the text are taken as that end; line ends stay as they are. */
export function applyFix(text: string, { edits }: Pick<Fix, 'edits'>): string {
  const starts = lineStarts(text);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const offsetOf = ({ line, column }: TextPoint): number => {
    const start = starts[line - 1] ?? text.length;
    const next = starts[line] ?? text.length + 1;
    return Math.min(start + column - 1, text[next - 2] === '\r' ? next - 2 : next - 1);
  };
  const ordered = edits.map(({ from, to, newText }) => ({ from: offsetOf(from), to: offsetOf(to), newText })).toSorted((a, b) => b.from - a.from);
  return ordered.reduce((changed, { from, to, newText }) => changed.slice(0, from) + newText.replaceAll('\n', lineEnd) + changed.slice(to), text);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
