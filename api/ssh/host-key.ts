// Host keys: their fingerprints, and whether an offered one is pinned. There is no setting that accepts an unknown key.
import { createHash } from 'node:crypto';
import type { Pin } from '../domain/catalogue/portfolio.ts';
import type { PlanHop } from '../domain/drill/plan.ts';

/** As `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Null when the key is pinned for the host; otherwise the sentence that says what was offered and what is pinned. `kind` is for people. */
export function keyObjection(host: PlanHop, offered: string, kind: string | null): string | null {
  if (host.hostKeys.includes(offered)) return null;
  const what = kind === null ? `key ${offered}` : `${kind} key ${offered}`;
  if (host.hostKeys.length === 0) {
    return `Host ${host.key} has no pinned host key, so it is not signed in to. It offered the ${what}; compare that with the host itself, then an admin pins it under Settings › Hosts.`;
  }
  return (
    `The host key of ${host.key} differs from the ${pinnedKeys(host)}. It offered the ${what}, and nothing was sent to it. ` +
    'If the host was set up anew, an admin pins the new key under Settings › Hosts; if not, somebody may stand in between.'
  );
}

/** `one pinned on 3 May 2026 by anna, SHA256:…`. */
function pinnedKeys({ hostKeys, pinned = {} }: PlanHop): string {
  const isSingle = hostKeys.length === 1;
  const keys = hostKeys.map((key) => (isSingle ? `${sinceOf(pinned[key])}, ${key}` : `${key}${sinceOf(pinned[key])}`));
  return isSingle ? `one pinned${keys.join()}` : `ones pinned: ${keys.join(' and ')}`;
}

function sinceOf(pin: Pin | undefined): string {
  if (pin === undefined) return '';
  return ` on ${dayOf(pin.at)}${pin.by === null ? '' : ` by ${pin.by}`}`;
}

/** `3 May 2026`, in UTC: the same for all who read it. */
function dayOf(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}
