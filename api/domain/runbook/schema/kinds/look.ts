// What checks and waits look at: a command on hosts, or a request, a connection or a name from the app's own machine.
import type { RawBody, RawDns, RawHttp, RawLook, RawTcp } from '../../raw-runbook.ts';
import type { ActionBody, CommandBody, DnsAction, HttpAction, Probe, TcpAction } from '../../runbook.ts';
import { canonicalJson } from '../../../history/canonical-json.ts';
import { part } from '../json-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { COMMAND_PROPERTIES } from '../parts.ts';
import { CAPTURE, REPEAT_KEYS, capturesOf, expectationOf } from './command-keys.ts';
import { bodyCommand } from './kind.ts';
import type { BuildContext, RawCommandAt } from './kind.ts';
import { SHELL_KEYS, SPREAD_KEYS, foreachOf, shellOf, spreadOf } from './spread-keys.ts';

export const LOOK_PROPERTIES: Readonly<Record<string, JsonSchema>> = {
  ...COMMAND_PROPERTIES,
  http: part('httpRequest', 'A request from the app’s own machine: an address, or an object with more. Holds when the status is 200 to 299.'),
  tcp: part('tcp', 'A connection from the app’s own machine, `host:port`. Holds when it can be opened.'),
  dns: part('dns', 'A name to look up. The answers are its output, a line each, sorted; holds when there is one.'),
};

export const LOOKS: readonly JsonSchema[] = Object.keys(LOOK_PROPERTIES).map((key) => ({ type: 'object', required: [key] }));

/** Keys of a step that looks at something; which of them go with what is told by the schema of the step and by a rule. */
export const LOOK_KEYS: Readonly<Record<string, JsonSchema>> = {
  ...SPREAD_KEYS,
  ...SHELL_KEYS,
  ...REPEAT_KEYS,
  expect: part(
    'lookExpect',
    'What it must look like: `exit`, `stdout` and `stderr` of a command, `status` and `body` of a request, `stdout` of a look-up.',
  ),
  capture: CAPTURE,
};

/** Of these, the keys that only a command can have. */
export const ONLY_WITH_COMMAND: readonly string[] = [...Object.keys(SPREAD_KEYS).filter((key) => key !== 'foreach'), ...Object.keys(SHELL_KEYS)];

export function lookCommands(kind: string, look: string | RawLook): readonly RawCommandAt[] {
  return isCommand(look) ? [bodyCommand(kind, look)] : [];
}

export function isCommand(look: string | RawLook): boolean {
  return typeof look === 'string' || look.run !== undefined || look.script !== undefined;
}

export function lookOf(kind: string, { raw, look }: { readonly raw: RawBody; readonly look: string | RawLook }, context: BuildContext) {
  const judged = { expect: expectationOf(raw.expect), captures: capturesOf(raw.capture), isReadOnly: true, isIdempotent: true };
  if (isCommand(look)) {
    const command = context.textOf(bodyCommand(kind, look).command);
    return { ...spreadOf(raw, context), ...shellOf(raw, context), command, ...judged } satisfies CommandBody;
  }
  return { action: probeOf(typeof look === 'string' ? {} : look), ...foreachOf(raw), ...judged } satisfies ActionBody<Probe>;
}

function probeOf({ http, tcp, dns }: RawLook): Probe {
  if (http !== undefined) return httpAction(http);
  if (tcp !== undefined) return tcpAction(tcp);
  if (dns !== undefined) return dnsAction(dns);
  throw new Error('a look has passed the schema with nothing to look at');
}

export function httpAction(written: string | RawHttp): HttpAction {
  const { url, method, headers, body }: RawHttp = typeof written === 'string' ? { url: written } : written;
  const named = Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const contentType = (named['content-type'] ?? '').toLowerCase();
  const base = { type: 'http', method: method ?? 'GET', url } as const;
  if (typeof body === 'object') {
    // Canonical, so that the order of keys does not show in the hash.
    return {
      ...base,
      headers: contentType === '' ? { ...named, 'content-type': 'application/json' } : named,
      body: canonicalJson(body),
      bodyType: 'json',
    };
  }
  return { ...base, headers: named, body: typeof body === 'string' ? body : null, bodyType: bodyTypeOf(contentType) };
}

function bodyTypeOf(contentType: string): HttpAction['bodyType'] {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return 'form';
  return /^application\/(?:[a-z0-9.+-]+\+)?json\b/.test(contentType) ? 'json' : 'text';
}

function tcpAction(written: RawTcp): TcpAction {
  if (typeof written === 'object') return { type: 'tcp', host: withoutBrackets(written.host), port: written.port };
  const end = written.lastIndexOf(':');
  return { type: 'tcp', host: withoutBrackets(written.slice(0, end)), port: Number(written.slice(end + 1)) };
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

function dnsAction({ name, type, server }: RawDns): DnsAction {
  return { type: 'dns', name, recordType: type ?? 'A', server: server ?? null };
}
