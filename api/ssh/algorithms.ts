// What is offered to a server in the handshake: the quick and sound ones first, nothing with SHA-1.
import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';

/** In the order in which they are preferred: how quickly they are verified, then how common they are. */
export const KEY_KINDS = ['ed25519', 'ecdsa', 'rsa'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** A key of kind `ssh-rsa` is asked to sign with SHA-2; the name of the signature is not the name of the key. */
const SIGNATURES: Readonly<Record<KeyKind, readonly ServerHostKeyAlgorithm[]>> = {
  ed25519: ['ssh-ed25519'],
  ecdsa: ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  rsa: ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** The server proves the first of these kinds that it has a key of. */
export function algorithmsFor(kinds: readonly KeyKind[]): Algorithms {
  return {
    // diffie-hellman-group-exchange is left out: it blocks this process for more than a second.
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group16-sha512',
    ],
    serverHostKey: kinds.flatMap((kind) => [...SIGNATURES[kind]]),
    // The GCM ones bring their own integrity; the others need a code of `hmac` beside them.
    cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes256-ctr'],
    hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
    compress: ['none'],
  };
}

/** The kind of a public key in the form in which a server sends it; null for one that is never asked for. */
export function kindOfKey(key: Uint8Array): KeyKind | null {
  const length = new DataView(key.buffer, key.byteOffset, key.byteLength).getUint32(0);
  const name = Buffer.from(key.subarray(4, 4 + length)).toString('latin1');
  if (name === 'ssh-ed25519') return 'ed25519';
  if (name === 'ssh-rsa') return 'rsa';
  return name.startsWith('ecdsa-sha2-') ? 'ecdsa' : null;
}

/** All kinds, those first that the pinned keys are known to have. */
export function kindsFor(pinned: readonly string[], known: ReadonlyMap<string, KeyKind>): readonly KeyKind[] {
  const wanted = new Set(pinned.map((one) => known.get(one)));
  return KEY_KINDS.toSorted((a, b) => Number(wanted.has(b)) - Number(wanted.has(a)));
}
