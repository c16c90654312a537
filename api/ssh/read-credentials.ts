// Reads the file of credentials: an id each, with a key, an agent or a password. What is wrong is told without the values, which can be secrets.
import { LineCounter, parseDocument } from 'yaml';

/** What an entry says; where secrets are, not what they are. */
export interface CredentialEntry {
  readonly id: string;
  /** File of a private key. */
  readonly key?: string;
  readonly passphraseFile?: string;
  /** Path of a socket, or `SSH_AUTH_SOCK` for the one that the environment names. */
  readonly agent?: string;
  readonly passwordFile?: string;
  /** A password as `muster seal` gives it. */
  readonly sealedPassword?: string;
}

export type CredentialsRead = { readonly entries: readonly CredentialEntry[] } | { readonly problems: readonly string[] };

/** As keys of the portfolio are written, where hosts name it. */
const ID = /^[a-z0-9]+(?:[-._][a-z0-9]+)*$/;
const LONGEST_ID = 64;
const FIELDS = ['key', 'passphraseFile', 'agent', 'passwordFile', 'sealedPassword'] as const;
const KNOWN = `Known are ${FIELDS.join(', ')}.`;

/** `file` is for the sentences. */
export function readCredentials(text: string, file: string): CredentialsRead {
  const lines = new LineCounter();
  // Without the pretty form, which quotes the line.
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) return { problems: [`${file}, line ${lines.linePos(fault.pos[0]).line}: this is not YAML (${fault.code}).`] };
  const value: unknown = document.toJS();
  if (value === null || value === undefined) return { entries: [] };
  if (!isMap(value)) return { problems: [`${file} is no map. Write an id a line, and below it key:, agent: or passwordFile:.`] };
  const read = Object.entries(value).map(([id, body]) => readEntry(id, body));
  const problems = read.flatMap((one) => (typeof one === 'string' ? [`${file}: ${one}`] : []));
  return problems.length > 0 ? { problems } : { entries: read.flatMap((one) => (typeof one === 'string' ? [] : [one])) };
}

function readEntry(id: string, body: unknown): CredentialEntry | string {
  if (!ID.test(id) || id.length > LONGEST_ID) return `"${id}" cannot be the id of a credential. Use lower-case letters, digits and dashes.`;
  if (!isMap(body)) return `credential ${id} is no map. ${KNOWN}`;
  const fields = FIELDS.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]] as const]));
  const unknown = Object.keys(body).find((field) => !FIELDS.some((known) => known === field));
  if (unknown === 'password' || unknown === 'passphrase') {
    return `credential ${id} has a ${unknown} in the clear. Put it into a file of its own and name that as ${unknown}File.`;
  }
  if (unknown !== undefined) return `credential ${id} has the unknown key "${unknown}". ${KNOWN}`;
  const wrong = fields.find(([, value]) => typeof value !== 'string' || value === '');
  if (wrong !== undefined) return `${wrong[0]} of credential ${id} is no text.`;
  const entry: CredentialEntry = { id, ...Object.fromEntries(fields) };
  return objection(entry) ?? entry;
}

function objection({ id, key, passphraseFile, agent, passwordFile, sealedPassword }: CredentialEntry): string | null {
  if (passphraseFile !== undefined && key === undefined) return `credential ${id} has a passphraseFile and no key that it could be for.`;
  if (passwordFile !== undefined && sealedPassword !== undefined) return `credential ${id} has both passwordFile and sealedPassword. Keep one.`;
  if (agent !== undefined && agent !== AGENT_OF_ENVIRONMENT && !agent.startsWith('/')) {
    return `agent of credential ${id} is neither the path of a socket nor ${AGENT_OF_ENVIRONMENT}.`;
  }
  const hasAny = [key, agent, passwordFile, sealedPassword].some((one) => one !== undefined);
  return hasAny ? null : `credential ${id} has nothing to sign in with. ${KNOWN}`;
}

export const AGENT_OF_ENVIRONMENT = 'SSH_AUTH_SOCK';

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
