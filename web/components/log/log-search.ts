// Which lines of a log fit a host and a text: the whole log is searched, and lines that come later only as they come.
import type { LogBuffer, LogLine } from './log-buffer.ts';

export interface LineFilter {
  /** Empty for every host. */
  readonly host: string;
  /** Empty for every line; upper and lower case are the same. */
  readonly text: string;
}

type Searched = Pick<LogBuffer, 'lines' | 'settledCount'>;

/** Keeps what it has found in one log for one filter. */
export class LogSearch {
  private found: number[] = [];
  private searched: readonly LogLine[] | null = null;
  /** Lines before this one need not be looked at again. */
  private until = 0;
  private readonly wanted: string;

  constructor(
    readonly filter: LineFilter,
    private readonly log: Searched,
  ) {
    this.wanted = filter.text.toLowerCase();
  }

  /** Indexes of the lines that fit, in order. */
  lines(): readonly number[] {
    const { lines, settledCount } = this.log;
    // Earlier lines were put in: every number has changed.
    if (this.searched !== lines) [this.searched, this.found, this.until] = [lines, [], 0];
    while ((this.found.at(-1) ?? -1) >= this.until) this.found.pop();
    for (let index = this.until; index < lines.length; index += 1) {
      const line = lines[index];
      if (line !== undefined && this.fits(line)) this.found.push(index);
    }
    this.until = settledCount;
    return this.found;
  }

  private fits({ host, text }: LogLine): boolean {
    return (this.filter.host === '' || host === this.filter.host) && (this.wanted === '' || text.toLowerCase().includes(this.wanted));
  }
}

/** Where `text` stands in a line, for marking it: pieces in turn outside and inside of a match. */
export function matchPieces(line: string, text: string): readonly { readonly text: string; readonly isMatch: boolean }[] {
  if (text === '') return [{ text: line, isMatch: false }];
  const [lower, wanted] = [line.toLowerCase(), text.toLowerCase()];
  // A letter that changes its length with its case would shift what follows: such a line stays unmarked.
  if (lower.length !== line.length) return [{ text: line, isMatch: false }];
  const pieces: { text: string; isMatch: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: line.slice(from, at), isMatch: false });
    from = at + wanted.length;
    pieces.push({ text: line.slice(at, from), isMatch: true });
  }
  if (from < line.length || pieces.length === 0) pieces.push({ text: line.slice(from), isMatch: false });
  return pieces;
}
