// Seals values with AES-256-GCM, so that plans and journals can carry them.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Seals } from '../application/ports.ts';
import { KEY_BYTES } from './key-file.ts';

const SEALED_START = 'sealed:v1:';
const CIPHER = 'aes-256-gcm';
/** Random, and never the same twice within 2^32 values: what GCM asks for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text was changed, or sealed with another key. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code = 'BROKEN_SEAL';
}

/** `sealed:v1:` and base64url of nonce, text and tag. */
export function createSeals(key: Uint8Array): Seals {
  if (key.length !== KEY_BYTES) throw new RangeError(`The key has ${key.length} bytes, and ${CIPHER} needs ${KEY_BYTES}.`);
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return SEALED_START + bytes.toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(SEALED_START.length), 'base64url');
      if (!sealed.startsWith(SEALED_START) || bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealError('This is no sealed value.');
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        const message = 'A sealed value cannot be opened: it was sealed with another key than secret.key holds now, or was changed.';
        throw new SealError(message, { cause });
      }
    },
  };
}
