// The order of steps that `needs` makes: what comes before what.

interface Needing {
  readonly id: string;
  readonly needs: readonly string[];
}

/** Indexes of the steps that each step needs, by step index; ids that do not exist are left out. */
export function needsByIndex(steps: readonly Needing[]): readonly (readonly number[])[] {
  const indexOf = new Map(steps.map((step, index) => [step.id, index]));
  return steps.map((step) => step.needs.flatMap((id) => indexOf.get(id) ?? []));
}

/** Step indexes, each after all that it needs; the given order where nothing says otherwise. Steps of a circle are left out. Linear. */
export function inOrder(needs: readonly (readonly number[])[]): readonly number[] {
  const open = needs.map((own) => own.length);
  const followers: number[][] = needs.map(() => []);
  for (const [index, own] of needs.entries()) for (const need of own) followers[need]?.push(index);
  const order = open.flatMap((count, index) => (count === 0 ? [index] : []));
  // The list grows while it is walked: it is the queue as well.
  for (const index of order) {
    for (const follower of followers[index] ?? []) {
      const left = (open[follower] ?? 0) - 1;
      open[follower] = left;
      if (left === 0) order.push(follower);
    }
  }
  return order;
}

/** Ids of all steps that must have ended before this one starts, itself not among them. */
export function ancestorsOf(steps: readonly Needing[], id: string): ReadonlySet<string> {
  const needsOf = new Map(steps.map((step) => [step.id, step.needs]));
  const found = new Set<string>();
  const open = [...(needsOf.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(needsOf.get(next) ?? []));
  }
  return found;
}

/** `needs` as written, or else the step above. */
export function explicitNeeds(steps: readonly { readonly id: string; readonly needs?: readonly string[] }[]): readonly (readonly string[])[] {
  return steps.map((step, index) => step.needs ?? steps.slice(Math.max(0, index - 1), index).map((above) => above.id));
}
