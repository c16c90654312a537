// "Did you mean": the known word that is nearest to one that is not known.
import { compareKeys } from '../catalogue/key-order.ts';

/** Longer words are compared no further: nobody mistypes a word that long, and the time is quadratic. */
const LONGEST_WORD = 64;
/** One slip in three letters is still the same word to a reader. */
const LETTERS_PER_SLIP = 3;

/** The nearest of `known` by Levenshtein distance, or null when none is near; among equals the first in key order. */
export function nearest(word: string, known: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null;
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  for (const candidate of [...known].toSorted(compareKeys)) {
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / LETTERS_PER_SLIP));
    if (candidate.length > LONGEST_WORD || Math.abs(candidate.length - word.length) > limit) continue;
    const distance = levenshtein(word, candidate);
    if (distance <= limit && (best === null || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate ?? null;
}

/** A remedy that names the nearest known word, or else lists what there is. */
export function didYouMean(word: string, known: Iterable<string>, otherwise: string): string {
  const candidate = nearest(word, known);
  return candidate === null ? otherwise : `Did you mean \`${candidate}\`?`;
}

/** The word that a remedy of `didYouMean` names, when it can stand in YAML as it is; null when the remedy says something else. */
export function meantBy(remedy: string): string | null {
  return /^Did you mean `([A-Za-z][A-Za-z0-9_-]*)`\?$/.exec(remedy)?.[1] ?? null;
}

/** A longer list helps nobody to choose. */
const MOST_LISTED = 20;

/** Words in backticks, joined for a sentence: `` `a`, `b` or `c` ``; from the 21st on they are only counted. */
export function inWords(words: readonly string[], conjunction: 'and' | 'or'): string {
  const quoted = words.slice(0, MOST_LISTED).map((word) => `\`${word}\``);
  if (words.length > MOST_LISTED) return `${quoted.join(', ')} ${conjunction} ${words.length - MOST_LISTED} more`;
  if (quoted.length < 2) return quoted.join('');
  return `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1) ?? ''}`;
}

/** Insertions, deletions and substitutions that turn one word into the other. */
export function levenshtein(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
