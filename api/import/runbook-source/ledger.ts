// Keeps account of every piece of a source: each is claimed once, and what nobody has claimed at the end is told as unplaced.
import type { ImportedRunbook, ImportNote } from '../imported-runbook.ts';
import { leavesOf, pathText } from './source-path.ts';
import type { SourceLeaf, SourcePath } from './source-path.ts';

export type Account = Pick<ImportedRunbook, 'understood' | 'manual' | 'unplaced'>;
type ListName = keyof Account;

export interface Claim {
  readonly at: SourcePath;
  /** Only these keys of the map there, each with all that is below it; everything that is left there unless given. */
  readonly keys?: readonly (string | readonly string[])[];
  readonly became: string | null;
  readonly why: string;
}

export interface Ledger {
  understood(claim: Claim): void;
  manual(claim: Claim): void;
  unplaced(claim: Claim): void;
  /** Why nothing became of what is left; null leaves it to a general sentence. */
  close(whyNot: (leaf: SourceLeaf) => Reason | null): Account;
}

export interface Reason {
  /** The part that is told as one, at or above the leaf. */
  readonly at: SourcePath;
  readonly why: string;
}

/** A claim takes what is still free: the particular goes first, the general after it. */
export function openLedger(root: unknown, lineOf: (path: SourcePath) => number | null, from: SourcePath = []): Ledger {
  const free = new Map(leavesOf(root, from).map((leaf) => [keyOf(leaf.path), leaf]));
  const notes: Entry[] = [];
  const order = new Map([...free.keys()].map((key, index) => [key, index]));
  const byPrefix = indexOf(free);

  function take(path: SourcePath): readonly string[] {
    const taken = [...(byPrefix.get(keyOf(path)) ?? [])].filter((key) => free.has(key));
    for (const key of taken) free.delete(key);
    return taken;
  }

  function enter(list: ListName, { at, keys, became, why }: Claim): void {
    const paths = keys === undefined ? [at] : keys.map((key) => [...at, ...[key].flat()]);
    const taken = paths.map((path) => ({ path, leaves: take(path) })).filter(({ leaves }) => leaves.length > 0);
    const [first] = taken;
    if (first === undefined) return;
    const names = taken.map(({ path }) => pathText(path.slice(at.length)));
    const what = keys === undefined || taken.length === 1 ? pathText(first.path) : `${pathText(at)}: ${names.join(', ')}`;
    notes.push({ line: lineOf(first.path), what, became, why, list, order: order.get(first.leaves[0] ?? '') ?? 0 });
  }

  return {
    understood: (claim) => enter('understood', claim),
    manual: (claim) => enter('manual', claim),
    unplaced: (claim) => enter('unplaced', claim),
    close(whyNot) {
      for (const leaf of free.values()) {
        const { at, why } = whyNot(leaf) ?? { at: leaf.path, why: `Runbooks have nothing like it: ${shown(leaf.value)}.` };
        enter('unplaced', { at, became: null, why });
      }
      return { understood: listed(notes, 'understood'), manual: listed(notes, 'manual'), unplaced: listed(notes, 'unplaced') };
    },
  };
}

interface Entry extends ImportNote {
  readonly list: ListName;
  readonly order: number;
}

function listed(notes: readonly Entry[], list: ListName): readonly ImportNote[] {
  return notes
    .filter((note) => note.list === list)
    .toSorted((a, b) => a.order - b.order)
    .map(({ line, what, became, why }) => ({ line, what, became, why }));
}

/** Enough to recognise a value by. */
const LONGEST_SHOWN = 120;

/** A value in a sentence. */
export function shown(value: unknown): string {
  const text = (typeof value === 'string' ? value.trim() : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  if (text === '') return 'empty text';
  return `\`${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}\``;
}

function keyOf(path: SourcePath): string {
  return JSON.stringify(path);
}

/** The leaves below every path. */
function indexOf(free: ReadonlyMap<string, SourceLeaf>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [key, { path }] of free) {
    for (let length = 0; length <= path.length; length += 1) {
      const prefix = keyOf(path.slice(0, length));
      const known = index.get(prefix);
      if (known === undefined) index.set(prefix, [key]);
      else known.push(key);
    }
  }
  return index;
}
