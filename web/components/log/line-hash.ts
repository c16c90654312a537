// Links to lines of a log: `#L120` and `#L120-L140`.

/** First and last marked line, in order; null when the hash marks none. */
export function marksFromHash(hash: string): readonly [number, number] | null {
  const found = /^#L(\d+)(?:-L(\d+))?$/u.exec(hash);
  if (!found) return null;
  const from = Number(found[1]);
  const to = found[2] === undefined ? from : Number(found[2]);
  return [Math.min(from, to), Math.max(from, to)];
}

/** The hash that marks from one line to another. */
export function lineHash(from: number, to: number): string {
  return from === to ? `#L${from}` : `#L${Math.min(from, to)}-L${Math.max(from, to)}`;
}
