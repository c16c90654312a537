// Which planned drills are in each other's way: their times overlap, and they share a service, a host, a lock or a person.

export interface PlannedSpan {
  readonly id: string;
  /** The schedule, which is never in its own way. */
  readonly group: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly services: readonly string[];
  readonly hosts: readonly string[];
  readonly locks: readonly string[];
  readonly people: readonly string[];
}

export interface SharedThing {
  readonly kind: 'service' | 'host' | 'lock' | 'person';
  readonly name: string;
}

export interface Clash {
  readonly first: PlannedSpan;
  readonly second: PlannedSpan;
  readonly shared: readonly SharedThing[];
}

/** A list that nobody reads to its end. */
export const MOST_CLASHES = 500;

/** In the order of the later of the two, at most `MOST_CLASHES`. Touching ends do not overlap. */
export function findClashes(spans: readonly PlannedSpan[]): readonly Clash[] {
  const clashes: Clash[] = [];
  let open: PlannedSpan[] = [];
  for (const second of spans.toSorted((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : 1))) {
    open = open.filter(({ endAt }) => endAt > second.startAt);
    for (const first of open) {
      const shared = first.group === second.group ? [] : sharedBy(first, second);
      if (shared.length > 0) clashes.push({ first, second, shared });
      if (clashes.length >= MOST_CLASHES) return clashes;
    }
    open.push(second);
  }
  return clashes;
}

export function sharedBy(a: PlannedSpan, b: PlannedSpan): readonly SharedThing[] {
  return [
    ...common(a.services, b.services).map((name) => ({ kind: 'service', name }) as const),
    ...common(a.hosts, b.hosts).map((name) => ({ kind: 'host', name }) as const),
    ...common(a.locks, b.locks).map((name) => ({ kind: 'lock', name }) as const),
    ...common(a.people, b.people).map((name) => ({ kind: 'person', name }) as const),
  ];
}

function common(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.length === 0 || b.length === 0 ? [] : [...new Set(a)].filter((name) => b.includes(name));
}
