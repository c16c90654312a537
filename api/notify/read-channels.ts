// Reads the file of channels: a name each, with a webhook or a mail address. What is wrong is told without the values, which can be secrets.
import { LineCounter, parseDocument } from 'yaml';

/** It is always there, and only the drill's own record has what is told to it. */
export const DRILL_CHANNEL = 'drill';
const NAME = /^[a-z][a-z0-9-]{0,62}$/;
/** A look that tells slips from addresses; the mail server has the last word. */
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/;

export type Channel =
  | { readonly name: string; readonly kind: 'webhook'; readonly url: string }
  | { readonly name: string; readonly kind: 'mail'; readonly to: readonly string[]; readonly from: string };

export type ChannelsRead = { readonly channels: readonly Channel[] } | { readonly problems: readonly string[] };

/** `file` is for the sentences. */
export function readChannels(text: string, file: string): ChannelsRead {
  const lines = new LineCounter();
  // Without the pretty form, which quotes the line.
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) return { problems: [`${file}, line ${lines.linePos(fault.pos[0]).line}: this is not YAML (${fault.code}).`] };
  const value: unknown = document.toJS();
  if (value === null || value === undefined) return { channels: [] };
  if (!isMap(value)) return { problems: [`${file} is no map. Write a name a line, and below it webhook: or mail:.`] };
  const read = Object.entries(value).map(([name, body]) => readChannel(name, body));
  const problems = read.flatMap((one) => (typeof one === 'string' ? [`${file}: ${one}`] : []));
  return problems.length > 0 ? { problems } : { channels: read.flatMap((one) => (typeof one === 'string' ? [] : [one])) };
}

function readChannel(name: string, body: unknown): Channel | string {
  if (name === DRILL_CHANNEL) return `${name} is the drill's own record and cannot be defined.`;
  if (!NAME.test(name)) return `"${name}" cannot be the name of a channel. Use lower-case letters, digits and dashes.`;
  if (!isMap(body)) return `channel ${name} has neither webhook nor mail.`;
  const unknown = Object.keys(body).find((key) => key !== 'webhook' && key !== 'mail');
  if (unknown !== undefined) return `channel ${name} has the unknown key "${unknown}". Known are webhook and mail.`;
  if ((body['webhook'] === undefined) === (body['mail'] === undefined)) return `channel ${name} needs one of webhook and mail, not both.`;
  return body['mail'] === undefined ? webhook(name, body['webhook']) : mail(name, body['mail']);
}

function webhook(name: string, url: unknown): Channel | string {
  const isUrl = typeof url === 'string' && URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  return isUrl ? { name, kind: 'webhook', url } : `the webhook of channel ${name} is no http or https address.`;
}

function mail(name: string, body: unknown): Channel | string {
  const { to, from, ...others } = isMap(body) ? body : {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `mail of channel ${name} has the unknown key "${unknown}". Known are to and from.`;
  const receivers: readonly unknown[] = Array.isArray(to) ? to : [to];
  if (receivers.length === 0 || !receivers.every(isAddress)) return `mail of channel ${name} needs to: one address, or a list of them.`;
  if (!isAddress(from)) return `mail of channel ${name} needs from: an address.`;
  return { name, kind: 'mail', to: receivers.filter(isAddress), from };
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && ADDRESS.test(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
