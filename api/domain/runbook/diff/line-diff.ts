// Two texts line by line.
import type { LineChange } from './runbook-diff.ts';

/** Comparing takes the product of both lengths: with more, what is between the common begin and end counts as exchanged. */
const MOST_PAIRS = 1_000_000;

/** The lines of both in order; with the fewest that are new and gone. */
export function diffLines(before: string, after: string): readonly LineChange[] {
  const old = before.split('\n');
  const young = after.split('\n');
  const most = Math.min(old.length, young.length);
  let head = 0;
  while (head < most && old[head] === young[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === young.at(-1 - tail)) tail += 1;
  return [
    ...old.slice(0, head).map((text): LineChange => ({ type: 'same', text })),
    ...between(old.slice(head, old.length - tail), young.slice(head, young.length - tail)),
    ...old.slice(old.length - tail).map((text): LineChange => ({ type: 'same', text })),
  ];
}

function between(old: readonly string[], young: readonly string[]): readonly LineChange[] {
  if (old.length * young.length > MOST_PAIRS) return exchanged(old, young);
  const common = commonLengths(old, young);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < young.length) {
    const text = old[i] ?? '';
    if (text === young[j]) {
      changes.push({ type: 'same', text });
      i += 1;
      j += 1;
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      changes.push({ type: 'gone', text });
      i += 1;
    } else {
      changes.push({ type: 'new', text: young[j] ?? '' });
      j += 1;
    }
  }
  return [...changes, ...exchanged(old.slice(i), young.slice(j))];
}

function exchanged(old: readonly string[], young: readonly string[]): readonly LineChange[] {
  return [...old.map((text): LineChange => ({ type: 'gone', text })), ...young.map((text): LineChange => ({ type: 'new', text }))];
}

/** At i, j: the length of the longest common subsequence of what begins there. */
function commonLengths(old: readonly string[], young: readonly string[]): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: old.length + 1 }, () => []);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const [row, below] = [rows[i] ?? [], rows[i + 1] ?? []];
    for (let j = young.length - 1; j >= 0; j -= 1) {
      row[j] = old[i] === young[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}
