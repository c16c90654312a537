// What an import would change: a plain list to look at before anything is written.
import { compareKeys, sortedKeys } from './key-order.ts';
import type { Dependency, Host, Pin, Pins, Portfolio } from './portfolio.ts';

export interface FieldChange {
  readonly field: string;
  /** Canonical text of the values, for people to read; null stands for "not set". */
  readonly before: string | null;
  readonly after: string | null;
}

export interface ChangedItem {
  readonly key: string;
  readonly fields: readonly FieldChange[];
}

export interface NounChanges {
  readonly new: readonly string[];
  readonly changed: readonly ChangedItem[];
  readonly gone: readonly string[];
}

export const CHANGE_NOUNS = ['services', 'dependencies', 'hosts', 'sites', 'policies'] as const;
export type ChangeNoun = (typeof CHANGE_NOUNS)[number];

export type ChangeSet = Readonly<Record<ChangeNoun, NounChanges>> & { readonly settings: readonly FieldChange[] };

/**
 * What putting `imported` in the place of `current` would change, noun by noun in key order. The order of lists inside a value
 * does not count. Host keys that a person pinned are no change when the import names none: they stay.
 */
export function changeSet(current: Portfolio, imported: Portfolio): ChangeSet {
  return {
    services: nounChanges(byKey(current.services), byKey(imported.services)),
    dependencies: nounChanges(byEnds(current.dependencies), byEnds(imported.dependencies)),
    hosts: nounChanges(byKey(current.hosts), byKey(keepingPinnedKeys(current.hosts, imported.hosts))),
    sites: nounChanges(byKey(current.sites), byKey(imported.sites)),
    policies: nounChanges(byTier(current), byTier(imported)),
    settings: fieldChanges(current.settings, imported.settings),
  };
}

/** True when the import would change nothing. */
export function isEmptyChangeSet(changes: ChangeSet): boolean {
  const isQuiet = (noun: ChangeNoun): boolean => changes[noun].new.length + changes[noun].changed.length + changes[noun].gone.length === 0;
  return CHANGE_NOUNS.every(isQuiet) && changes.settings.length === 0;
}

/**
 * The imported hosts, each with the host keys pinned so far where the import names none. A key that was pinned before keeps its day; `pin` is
 * for those that are new.
 */
export function keepingPinnedKeys(current: readonly Host[], imported: readonly Host[], pin: Pin | null = null): readonly Host[] {
  const before = new Map(current.map((host) => [host.key, host]));
  return imported.map((host) => {
    const known = before.get(host.key);
    const hostKeys = host.hostKeys.length > 0 ? host.hostKeys : (known?.hostKeys ?? []);
    return { ...host, hostKeys, pinned: pinsFor(hostKeys, known, pin) };
  });
}

/** The pins of these keys: what is known of those that the host has had, and `pin` for the others. */
export function pinsFor(hostKeys: readonly string[], before: Pick<Host, 'hostKeys' | 'pinned'> | undefined, pin: Pin | null): Pins {
  const pinOf = (key: string): Pin | null => (before?.hostKeys.includes(key) === true ? (before.pinned[key] ?? null) : pin);
  return Object.fromEntries(hostKeys.flatMap((key) => [[key, pinOf(key)] as const]).filter((entry): entry is [string, Pin] => entry[1] !== null));
}

type Items = ReadonlyMap<string, object>;

function byKey(items: readonly (object & { readonly key: string })[]): Items {
  return new Map(items.map((item) => [item.key, item]));
}

function byEnds(dependencies: readonly Dependency[]): Items {
  return new Map(dependencies.map((dependency) => [`${dependency.from} -> ${dependency.to}`, dependency]));
}

function byTier(portfolio: Portfolio): Items {
  return new Map(portfolio.policies.map((policy) => [`tier ${policy.tier}`, policy]));
}

function nounChanges(current: Items, imported: Items): NounChanges {
  const shared = sortedKeys(imported.keys()).filter((key) => current.has(key));
  const changed = shared.map((key) => ({ key, fields: fieldChanges(current.get(key) ?? {}, imported.get(key) ?? {}) }));
  return {
    new: sortedKeys(imported.keys()).filter((key) => !current.has(key)),
    changed: changed.filter((item) => item.fields.length > 0),
    gone: sortedKeys(current.keys()).filter((key) => !imported.has(key)),
  };
}

function fieldChanges(current: object, imported: object): readonly FieldChange[] {
  const before = textsOf(current);
  const after = textsOf(imported);
  return sortedKeys([...before.keys(), ...after.keys()])
    .map((field) => ({ field, before: before.get(field) ?? null, after: after.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** Who pinned a key and when is no property of the host, and nothing that a file says. */
const UNCOMPARED: readonly string[] = ['pinned'];

function textsOf(item: object): ReadonlyMap<string, string | null> {
  const compared = Object.entries(item).filter(([field]) => !UNCOMPARED.includes(field));
  return new Map(compared.map(([field, value]) => [field, textOf(value)]));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value))
    return value
      .map((part) => textOf(part) ?? '')
      .toSorted(compareKeys)
      .join(', ');
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value);
  return Object.entries(value)
    .toSorted(([a], [b]) => compareKeys(a, b))
    .map(([field, part]) => `${field}: ${textOf(part) ?? 'not set'}`)
    .join(', ');
}
