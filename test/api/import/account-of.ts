// Holds the account of an import against its source: every piece is told once.
import { leavesOf, pathText } from '../../../api/import/runbook-source/source-path.ts';
import type { SourcePath } from '../../../api/import/runbook-source/source-path.ts';
import type { ImportedRunbook } from '../../../api/import/runbook-import.ts';

/** Leaves that no list tells of, or that more than one does: `path: list, list`. The nearest note above a leaf is the one that tells of it. */
export function untoldOrDoubled(imported: ImportedRunbook, data: unknown, from: SourcePath = []): readonly string[] {
  const tellers = new Map<string, string[]>();
  for (const list of ['understood', 'manual', 'unplaced'] as const) {
    for (const { what } of imported[list]) {
      for (const place of placesOf(what)) tellers.set(place, [...(tellers.get(place) ?? []), list]);
    }
  }
  return leavesOf(data, from).flatMap(({ path }) => {
    const nearest = path.map((_, index) => pathText(path.slice(0, path.length - index))).find((prefix) => tellers.has(prefix));
    const lists = nearest === undefined ? [] : (tellers.get(nearest) ?? []);
    return lists.length === 1 ? [] : [`${pathText(path)}: ${lists.join(', ')}`];
  });
}

/** `method[0]: name, provider.type` is two places. */
function placesOf(what: string): readonly string[] {
  const [at = '', keys] = what.split(': ');
  return keys === undefined ? [at] : keys.split(', ').map((key) => `${at}.${key}`);
}
