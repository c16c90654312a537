// Which entries of a list stand elsewhere in another order of the same entries.

/** The fewest that must be moved to get from one order to the other. Both lists hold the same ids, each once. */
export function movedIds(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const placeOf = new Map(before.map((id, index) => [id, index]));
  const kept = longestRising(after.map((id) => placeOf.get(id) ?? 0));
  return new Set(after.filter((_, index) => !kept.has(index)));
}

/** Indexes of a longest rising subsequence. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  /** At length - 1: the index of the smallest number that ends a rising sequence of that length. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous.push(ends[low - 1] ?? -1);
    ends[low] = index;
  }
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) kept.add(index);
  return kept;
}
