// Places in a source that is a tree of maps and lists, and how they are written for people.

export type SourcePath = readonly (string | number)[];

/** `method[0].provider.type`; the document itself is `the file`. */
export function pathText(path: SourcePath): string {
  if (path.length === 0) return 'the file';
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
}

/** Own keys only; undefined where there is nothing. */
export function valueAt(root: unknown, path: SourcePath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

export interface SourceLeaf {
  readonly path: SourcePath;
  readonly value: unknown;
}

/** All single values and empty collections at and below a path, in the order of the source. */
export function leavesOf(value: unknown, path: SourcePath = []): readonly SourceLeaf[] {
  const leaves: SourceLeaf[] = [];
  const open: SourceLeaf[] = [{ value, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const entries = entriesOf(next.value);
    if (entries.length === 0) leaves.push(next);
    for (const [key, item] of entries.toReversed()) open.push({ value: item, path: [...next.path, key] });
  }
  return leaves;
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A text, number or boolean as it was written; null for anything else. */
export function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
