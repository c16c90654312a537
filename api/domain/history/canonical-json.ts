// One text for one value, so that hashes of plans, revisions and events can be recomputed by anyone.

/**
 * Canonical JSON after RFC 8785: keys in UTF-16 order, no white space, ECMAScript's number form. Keys whose value is
 * undefined are left out. Throws a TypeError on what has no such form: NaN, infinities, text with half a surrogate pair, holes in
 * lists, and anything that is not plain data (dates, maps, instances of classes).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
    return JSON.stringify(value);
  }
  // Array.from gives holes a value, so that they are refused and not left out.
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || !isPlain(value)) throw new TypeError(`${nameOf(value)} has no canonical form`);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${canonicalText(key)}:${canonicalJson(item)}`).join(',')}}`;
}

function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('text with half a surrogate pair has no canonical form');
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : `a value of type ${typeof value}`;
}
