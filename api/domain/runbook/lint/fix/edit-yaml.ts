// Edits of a runbook's text that leave comments, order and layout alone: a key more, a key less.
import type { Fix, TextEdit } from '../../../errors.ts';
import type { Layout, Path, Places } from '../../place.ts';

/**
 * Adds a key to the map at `path`, behind the first of the keys `after` that is written there in one line. `value` is YAML in one line.
 * Null where none is.
 */
export function addKey(
  places: Places,
  path: Path,
  { key, value, after }: { readonly key: string; readonly value: string; readonly after: readonly string[] },
): TextEdit | null {
  if (places.layoutOf([...path, key]) !== null) return null;
  const beside = after.flatMap((name) => places.layoutOf([...path, name]) ?? []).find(isInOneLine);
  if (beside === undefined || beside.key === null) return null;
  if (beside.around === 'flow') return { from: beside.value.to, to: beside.value.to, newText: `, ${key}: ${value}` };
  return { from: beside.lineEnd, to: beside.lineEnd, newText: `\n${indentOf(beside.key.from.column)}${key}: ${value}` };
}

function isInOneLine(layout: Layout): boolean {
  return layout.form !== 'block-text' && layout.value.from.line === layout.value.to.line && layout.key?.from.line === layout.value.to.line;
}

export function indentOf(column: number): string {
  return ' '.repeat(column - 1);
}

/** A fix of one edit; undefined, and so no fix, where the edit cannot be made. */
export function fixOf(title: string, ...edits: readonly (TextEdit | null)[]): { readonly fix?: Fix } {
  const made = edits.filter((edit) => edit !== null);
  return made.length === edits.length && made.length > 0 ? { fix: { title, edits: made } } : {};
}

/** Takes the key at `path` away with its line; null where a comment would go with it or others would move. */
export function removeKey(places: Places, path: Path): TextEdit | null {
  const layout = places.layoutOf(path);
  if (layout === null || layout.key === null) return null;
  // An empty map is not allowed to stay: then the key that it stands under goes.
  if (layout.isOnly) return path.length > 1 ? removeKey(places, path.slice(0, -1)) : null;
  if (layout.around === 'block') return removeLines(layout);
  const behind = /^\s*,\s*/.exec(layout.tail);
  if (behind === null || layout.value.to.line !== layout.key.from.line) return null;
  return { from: layout.key.from, to: { line: layout.value.to.line, column: layout.value.to.column + behind[0].length }, newText: '' };
}

function removeLines({ key, tail, written, lineEnd }: Layout): TextEdit | null {
  if (key === null || tail.trim() !== '' || written.includes('#')) return null;
  return { from: { line: key.from.line, column: 1 }, to: { line: lineEnd.line + 1, column: 1 }, newText: '' };
}
