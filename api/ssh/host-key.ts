// Host keys: their fingerprints, and whether an offered one is pinned. There is no setting that accepts an unknown key.
import { createHash } from 'node:crypto';
import type { PlanHost } from '../domain/drill/plan.ts';

/** As `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Null when the key is pinned for the host; otherwise the sentence that says what was offered and what is pinned. */
export function keyObjection(host: PlanHost, offered: string): string | null {
  if (host.hostKeys.includes(offered)) return null;
  if (host.hostKeys.length === 0) {
    return `Host ${host.key} has no pinned host key, so it is not dialled. It offered ${offered}; compare that with the host itself, then an admin pins it.`;
  }
  return (
    `Host ${host.key} offered the key ${offered}, and pinned is ${host.hostKeys.join(' or ')}. ` +
    'Nothing was sent to it. If the host was set up anew, an admin pins the new key; if not, somebody may stand in between.'
  );
}
