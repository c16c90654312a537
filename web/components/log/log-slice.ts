// The lines on view: all of them, or some, each with its own number. Nothing is copied.
import type { LogLine } from './log-buffer.ts';

export interface NumberedLine {
  /** 1 for the first line of the step, whatever is filtered. */
  readonly number: number;
  readonly line: LogLine;
}

export interface LogSlice {
  readonly count: number;
  readonly at: (index: number) => NumberedLine | undefined;
  /** Where the line of this number, or the next one on view, stands; -1 when there is none. */
  readonly indexOf: (number: number) => number;
}

/** `only` holds the indexes of the lines on view in order; null for all of them. */
export function sliceLines(lines: readonly LogLine[], only: readonly number[] | null): LogSlice {
  if (only === null) {
    return { count: lines.length, at: (index) => numbered(lines, index), indexOf: (number) => (number <= lines.length ? number - 1 : -1) };
  }
  return {
    count: only.length,
    at: (index) => numbered(lines, only[index] ?? -1),
    indexOf: (number) => {
      const index = firstAtLeast(only, number - 1);
      return index < only.length ? index : -1;
    },
  };
}

/** Where the first value that is no less stands in a sorted list; its length when there is none. */
export function firstAtLeast(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is on view as text for the clipboard: no numbers, no time stamps. With marks only what is marked. */
export function sliceAsText(slice: LogSlice, marked: readonly [number, number] | null): string {
  const lines: string[] = [];
  for (let index = 0; index < slice.count; index += 1) {
    const one = slice.at(index);
    if (one !== undefined && (marked === null || (one.number >= marked[0] && one.number <= marked[1]))) lines.push(one.line.text);
  }
  return lines.join('\n');
}

function numbered(lines: readonly LogLine[], index: number): NumberedLine | undefined {
  const line = lines[index];
  return line && { number: index + 1, line };
}
