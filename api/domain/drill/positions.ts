// Lists of places in a plan or in a step, in rising order: added to and taken from without sorting them again.

export type Positions = readonly number[];

/** The same list when it is there already. */
export function withPosition(list: Positions, position: number): Positions {
  const at = placeOf(list, position);
  return list[at] === position ? list : list.toSpliced(at, 0, position);
}

/** The same list when it is not there. */
export function withoutPosition(list: Positions, position: number): Positions {
  const at = placeOf(list, position);
  return list[at] === position ? list.toSpliced(at, 1) : list;
}

/** How many of the list come before it. */
export function placeOf(list: Positions, position: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Several such lists by name. */
export type Lists<N extends string> = Readonly<Record<N, Positions>>;

/** Puts the positions 0 to `count` into the lists that `listsAt` names for each. */
export function intoLists<N extends string>(names: readonly N[], count: number, listsAt: (position: number) => readonly N[]): Lists<N> {
  const lists = new Map(names.map((name): [N, number[]] => [name, []]));
  for (let position = 0; position < count; position += 1) for (const name of listsAt(position)) lists.get(name)?.push(position);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every name has got its list above
  return Object.fromEntries(lists) as Record<N, number[]>;
}

/** One position that stood in the lists `from` and stands in the lists `to` from now on. */
export function moved<N extends string>(
  lists: Lists<N>,
  position: number,
  change: { readonly from: readonly N[]; readonly to: readonly N[] },
): Lists<N> {
  const next: Record<N, Positions> = { ...lists };
  for (const name of change.from) if (!change.to.includes(name)) next[name] = withoutPosition(next[name], position);
  for (const name of change.to) if (!change.from.includes(name)) next[name] = withPosition(next[name], position);
  return next;
}
