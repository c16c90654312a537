// Small turns of phrase that the reasons share.

/** The day of an instant in UTC, `2026-05-01`: reasons name dates, not ages, so that they stay the same from day to day. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `a`, `a and b`, `a, b and c`; from the sixth on only how many more, to keep it one sentence. */
export function listOf(words: readonly string[]): string {
  const shown = words.length > LISTED_AT_MOST ? [...words.slice(0, LISTED_AT_MOST), `${words.length - LISTED_AT_MOST} more`] : words;
  if (shown.length <= 1) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

/** `1 host`, `2 hosts`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const LISTED_AT_MOST = 5;
