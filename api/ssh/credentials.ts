// What Muster signs in to hosts with: its own key, and what the installation has under names of its own.
import ssh2, { type ParsedKey } from 'ssh2';

/** At least one of the three. A server that wants several of them gets them one after the other. */
export interface Credential {
  readonly key?: ParsedKey;
  /** Path of the socket of an ssh agent. */
  readonly agent?: string;
  /** For password and keyboard-interactive alike. */
  readonly password?: string;
}

/** By id. */
export type NamedCredentials = ReadonlyMap<string, Credential>;

/** A private key as it is in a file. */
export interface OwnKey {
  readonly privateKey: string | Buffer;
}

/** Muster's own key. Throws a TypeError when it cannot be read: better at the start than in the middle of a drill. */
export function ownCredential({ privateKey }: OwnKey): Credential {
  const key = readPrivateKey(privateKey);
  if (typeof key === 'string') throw new TypeError(`Muster's private key for SSH cannot be read: ${key}`);
  return { key };
}

/** The reason as a text when it cannot be read; nothing of the key or the passphrase is in it. */
export function readPrivateKey(file: string | Buffer, passphrase?: string): ParsedKey | string {
  const parsed: ParsedKey | readonly ParsedKey[] | Error = ssh2.utils.parseKey(file, passphrase);
  if (parsed instanceof Error) return parsed.message;
  const key = [parsed].flat()[0];
  return key?.isPrivateKey() === true ? key : 'it is a public key';
}
