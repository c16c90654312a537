// The way to a host: the jump hosts that it is reached through, one behind the other.
export type Way =
  /** Keys in the order in which they are dialled; empty when the host is dialled directly. */
  | { readonly kind: 'found'; readonly hops: readonly string[] }
  /** `host` names `jump`, which is not known. */
  | { readonly kind: 'unknown'; readonly host: string; readonly jump: string }
  /** Hosts that are reached through each other, beginning and ending with the same one. */
  | { readonly kind: 'circle'; readonly hosts: readonly string[] };

/** `jumpOf` gives the key of a host's jump host, null when it has none, undefined when there is no such host. */
export function wayTo(key: string, jumpOf: (host: string) => string | null | undefined): Way {
  const passed = [key];
  for (let at = key; ;) {
    const jump = jumpOf(at) ?? null;
    if (jump === null) return { kind: 'found', hops: passed.slice(1).toReversed() };
    if (jumpOf(jump) === undefined) return { kind: 'unknown', host: at, jump };
    const seen = passed.indexOf(jump);
    if (seen >= 0) return { kind: 'circle', hosts: [...passed.slice(seen), jump] };
    passed.push(jump);
    at = jump;
  }
}
