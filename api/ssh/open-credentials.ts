// The credentials that hosts may name: read once at the start, so that a wrong file is told before any drill.
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readPrivateKey, type Credential, type NamedCredentials } from './credentials.ts';
import { AGENT_OF_ENVIRONMENT, readCredentials, type CredentialEntry } from './read-credentials.ts';

export interface CredentialSettings {
  /** Null when there is no such file: then there is Muster's own key alone. */
  readonly file: string | null;
  /** Socket of the agent that the environment names; null when it names none. */
  readonly agentSocket: string | null;
  /** Opens a sealed text; throws when it cannot. */
  readonly open: (sealed: string) => string;
}

/** The credentials cannot be used; every line of the message is a sentence for an operator, with no secret in it. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code = 'UNUSABLE_CREDENTIALS';
}

/** Throws a CredentialsError. */
export async function openCredentials(settings: CredentialSettings): Promise<NamedCredentials> {
  const { file } = settings;
  if (file === null) return new Map();
  const read = readCredentials(await textOf(file, 'The file of credentials', 'Set MUSTER_SSH_CREDENTIALS to one that can.'), file);
  if ('problems' in read) throw new CredentialsError(read.problems.join('\n'));
  const opened: [string, Credential][] = [];
  for (const entry of read.entries) opened.push([entry.id, await credentialOf(entry, { ...settings, file })]);
  return new Map(opened);
}

async function credentialOf(entry: CredentialEntry, settings: CredentialSettings & { readonly file: string }): Promise<Credential> {
  const { id, agent } = entry;
  const key = await keyOf(entry, settings.file);
  const password = await passwordOf(entry, settings);
  const socket = agent === AGENT_OF_ENVIRONMENT ? settings.agentSocket : agent;
  if (socket === null) throw new CredentialsError(`Credential ${id} wants the agent of ${AGENT_OF_ENVIRONMENT}, which is not set.`);
  return {
    ...(key === null ? {} : { key }),
    ...(socket === undefined ? {} : { agent: socket }),
    ...(password === null ? {} : { password }),
  };
}

async function keyOf({ id, key, passphraseFile }: CredentialEntry, file: string): Promise<Credential['key'] | null> {
  if (key === undefined) return null;
  const text = await textOf(besides(file, key), `The key of credential ${id}`);
  const passphrase =
    passphraseFile === undefined ? undefined : secretIn(await textOf(besides(file, passphraseFile), `The passphrase of credential ${id}`));
  const parsed = readPrivateKey(text, passphrase);
  if (typeof parsed !== 'string') return parsed;
  throw new CredentialsError(`The key of credential ${id}, ${besides(file, key)}, cannot be used: ${parsed}.`);
}

async function passwordOf({ id, passwordFile, sealedPassword }: CredentialEntry, { file, open }: { file: string; open: CredentialSettings['open'] }) {
  if (passwordFile !== undefined) return secretIn(await textOf(besides(file, passwordFile), `The password of credential ${id}`));
  if (sealedPassword === undefined) return null;
  try {
    return open(sealedPassword);
  } catch (cause) {
    throw new CredentialsError(`The sealed password of credential ${id} cannot be opened. Seal it again with this installation's key: muster seal`, {
      cause,
    });
  }
}

/** Paths are meant from the folder of the file that names them. */
function besides(file: string, path: string): string {
  return resolve(dirname(file), path);
}

/** Editors end a file with a line break, which is no part of the secret. */
function secretIn(text: string): string {
  return text.replace(/\r?\n$/, '');
}

async function textOf(file: string, what: string, remedy = 'Correct the path, or let the user of Muster read it.'): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new CredentialsError(`${what}, ${file}, cannot be read (${why}). ${remedy}`, { cause });
  }
}
