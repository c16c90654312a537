// The order of a document's steps, where they jump and branch, as what must have been decided for a step to run.
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import type { SourceStep } from './document.ts';

/** One way to a step: which outcome each decision on it has had. */
type Way = ReadonlyMap<string, number>;

export interface Decision {
  /** Name of the step that decides. */
  readonly step: string;
  readonly kind: 'branch' | 'failure';
  /** How many outcomes there are; of a failure, 0 is none and 1 is one. */
  readonly outcomes: number;
}

export interface Flow {
  /** Ways to each step that can be reached, by name; a single empty way is always taken. */
  readonly waysTo: ReadonlyMap<string, readonly Way[]>;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Steps that jump backwards, by name: a runbook cannot. */
  readonly backward: ReadonlySet<string>;
}

/** More ways than this are more than a condition can say. */
const MOST_WAYS = 16;

/** Null when there are too many ways to be said. */
export function flowOf(steps: readonly SourceStep[]): Flow | null {
  const place = new Map(steps.map(({ name }, index) => [name, index]));
  const waysTo = new Map<string, Way[]>();
  const decisions = new Map<string, Decision>();
  const backward = new Set<string>();
  const [first] = steps;
  if (first !== undefined) waysTo.set(first.name, [new Map()]);
  for (const [index, step] of steps.entries()) {
    const ways = waysTo.get(step.name);
    if (ways === undefined) continue;
    for (const edge of edgesFrom(step, steps[index + 1])) {
      const target = place.get(edge.to);
      if (target === undefined) continue;
      if (target <= index) {
        backward.add(step.name);
        continue;
      }
      const decision = edge.decision;
      if (decision !== null) decisions.set(keyOf(decision), decision);
      const led = ways.map((way) => (decision === null ? way : new Map([...way, [keyOf(decision), edge.outcome]])));
      const merged = mergedWays([...(waysTo.get(edge.to) ?? []), ...led], decisions);
      if (merged.length > MOST_WAYS) return null;
      waysTo.set(edge.to, merged);
    }
  }
  return { waysTo, decisions, backward };
}

export function keyOf({ kind, step }: Decision): string {
  return `${kind} ${step}`;
}

interface Edge {
  readonly to: string;
  readonly decision: Decision | null;
  readonly outcome: number;
}

/** Where a step goes on to, and on what that depends. */
function edgesFrom({ entry, name, action }: SourceStep, next: SourceStep | undefined): readonly Edge[] {
  const failure = failureTarget(entry);
  const failed: Decision | null = failure === null ? null : { step: name, kind: 'failure', outcomes: 2 };
  const onFailure = failed === null || failure === null ? [] : [{ to: failure, decision: failed, outcome: 1 }];
  if (action === 'aws:branch') {
    const targets = branchTargets(entry);
    const decision: Decision = { step: name, kind: 'branch', outcomes: targets.length };
    return [...targets.flatMap((to, outcome) => (to === null ? [] : [{ to, decision, outcome }])), ...onFailure];
  }
  const after = entry['isEnd'] === true || entry['isEnd'] === 'true' ? null : (scalarText(entry['nextStep']) ?? next?.name ?? null);
  return [...(after === null ? [] : [{ to: after, decision: failed, outcome: 0 }]), ...onFailure];
}

export function failureTarget(entry: SourceStep['entry']): string | null {
  return /^step:\s*(.+)$/.exec(scalarText(entry['onFailure']) ?? '')?.[1]?.trim() ?? null;
}

/** The choices in order, then the default; null where the document ends or fails. */
export function branchTargets({ inputs }: SourceStep['entry']): readonly (string | null)[] {
  if (!isMap(inputs)) return [null];
  const choices = isList(inputs['Choices']) ? inputs['Choices'] : [];
  return [...choices.map((choice) => (isMap(choice) ? scalarText(choice['NextStep']) : null)), scalarText(inputs['Default'])];
}

/** Ways that together hold every outcome of a decision are one way without it. */
function mergedWays(ways: readonly Way[], decisions: ReadonlyMap<string, Decision>): Way[] {
  let current = distinctWays(ways);
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const [key, { outcomes }] of decisions) {
      const groups = Map.groupBy(
        current.filter((way) => way.has(key)),
        (way) => textOf(new Map([...way].filter(([other]) => other !== key))),
      );
      const whole = [...groups.values()].find((group) => new Set(group.map((way) => way.get(key))).size === outcomes);
      if (whole === undefined) continue;
      const without = whole.slice(0, 1).map((way) => new Map([...way].filter(([other]) => other !== key)));
      current = distinctWays([...current.filter((way) => !whole.includes(way)), ...without]);
      isChanged = true;
    }
  }
  return withoutNarrower(current);
}

function distinctWays(ways: readonly Way[]): Way[] {
  return [...new Map(ways.map((way) => [textOf(way), way])).values()];
}

/** A way that asks for more than another one adds nothing. */
function withoutNarrower(ways: readonly Way[]): Way[] {
  return ways.filter((way) => !ways.some((other) => other !== way && [...other].every(([key, outcome]) => way.get(key) === outcome)));
}

function textOf(way: Way): string {
  return JSON.stringify([...way].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
