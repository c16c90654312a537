// The lines of a text, and which of them belong together.

/** Offsets at which lines begin, and what is in them. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** Deeper than any runbook is written. */
const MOST_INDENT = 200;

/** The first line of the remarks that stand right above a line; not above `floor`. What is further in may be part of the text before. */
export function withRemarks({ text, starts }: Lines, line: number, floor: number): number {
  let from = line;
  const column = /^ */.exec(text.slice(line, line + MOST_INDENT))?.[0].length ?? 0;
  for (let index = lineIndex(starts, line) - 1; index > 0 && (starts[index] ?? 0) > floor; index -= 1) {
    const start = starts[index] ?? 0;
    const remark = /^( *)#/.exec(text.slice(start, starts[index + 1]));
    if (remark === null || (remark[1] ?? '').length > column) break;
    from = start;
  }
  return from;
}

export function startOfLine({ starts }: Lines, offset: number): number {
  return starts[lineIndex(starts, offset)] ?? 0;
}

/** By halves: a long runbook has thousands of lines. */
function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function withoutBlankEnd(text: string, from: number, to: number): number {
  const body = text.slice(from, to).trimEnd();
  return Math.min(to, from + body.length + 1, text.length);
}
