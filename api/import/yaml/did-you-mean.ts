// The known word nearest to one that somebody mistyped.

/** Null when none is near: more than two letters away, or more than a third of the word. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const allowed = Math.min(MOST_SLIPS, Math.max(1, Math.floor(word.length / 3)));
  let nearest: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const distance = lettersApart(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed && (nearest === null || distance < nearest.distance)) nearest = { candidate, distance };
  }
  return nearest?.candidate ?? null;
}

/** As `nearestWord`, for a long list: after a hundred words it gives null, for comparing each with all would take too long. */
export function suggester(known: readonly string[]): (word: string) => string | null {
  let asked = 0;
  return (word) => {
    asked += 1;
    return asked > MOST_SUGGESTIONS ? null : nearestWord(word, known);
  };
}

const MOST_SLIPS = 2;

const MOST_SUGGESTIONS = 100;

/** Levenshtein distance, one row at a time. */
function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
