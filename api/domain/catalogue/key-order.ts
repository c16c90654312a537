// The one order in which keys are sorted, so that the order of input never shows in a result.

/** By UTF-16 code unit, the same on every machine and in every locale. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A sorted copy without doubles. */
export function sortedKeys(keys: Iterable<string>): string[] {
  return [...new Set(keys)].toSorted(compareKeys);
}
