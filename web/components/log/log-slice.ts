// The lines on view: all of them, or those that fit a host and a text, each with its own number. Nothing is copied.
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

/** An empty host or text fits every line; a text fits in any case. */
export function sliceLines(lines: readonly LogLine[], filter: { readonly host: string; readonly text: string }): LogSlice {
  if (filter.host === '' && filter.text === '') {
    return { count: lines.length, at: (index) => numbered(lines, index), indexOf: (number) => (number <= lines.length ? number - 1 : -1) };
  }
  const wanted = filter.text.toLocaleLowerCase();
  const fitting: number[] = [];
  for (const [index, line] of lines.entries()) {
    if ((filter.host === '' || line.host === filter.host) && line.text.toLocaleLowerCase().includes(wanted)) fitting.push(index);
  }
  return {
    count: fitting.length,
    at: (index) => numbered(lines, fitting[index] ?? -1),
    indexOf: (number) => fitting.findIndex((index) => index >= number - 1),
  };
}

/** What is on view as text for the clipboard: no numbers, no time stamps. */
export function sliceAsText(slice: LogSlice): string {
  return Array.from({ length: slice.count }, (_, index) => slice.at(index)?.line.text ?? '').join('\n');
}

function numbered(lines: readonly LogLine[], index: number): NumberedLine | undefined {
  const line = lines[index];
  return line && { number: index + 1, line };
}
