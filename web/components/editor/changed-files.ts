// The files beside two texts that are not the same in both.

export interface FileText {
  readonly name: string;
  readonly text: string;
}

/** In the order of names; a file that one of them does not have is empty there. */
export function changedFiles(
  before: readonly FileText[],
  after: readonly FileText[],
): readonly { readonly name: string; readonly before: string; readonly after: string }[] {
  const old = new Map(before.map(({ name, text }) => [name, text]));
  const now = new Map(after.map(({ name, text }) => [name, text]));
  return [...new Set([...old.keys(), ...now.keys()])].toSorted().flatMap((name) => {
    const pair = { name, before: old.get(name) ?? '', after: now.get(name) ?? '' };
    return pair.before === pair.after ? [] : [pair];
  });
}
