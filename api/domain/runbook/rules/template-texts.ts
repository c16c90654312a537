// The texts of a runbook in which `${name}` stands for a value.
import type { Path } from '../place.ts';
import type { RawBody, RawDns, RawHttp, RawTcp } from '../raw-runbook.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export interface TemplateText {
  readonly text: string;
  readonly path: Path;
  /** Whose it is, as a sentence begins. */
  readonly by: string;
  /** Whether `${item}` is a value there. */
  readonly hasItem: boolean;
  /** Whether people read what comes out, or it goes where secrets must not. */
  readonly isShown: boolean;
}

type Text = Pick<TemplateText, 'text' | 'path'> & { readonly isShown?: true };

/** Targets are not among them: they are filled in at another time. */
export function templatesIn(context: RuleContext): readonly TemplateText[] {
  return bodiesOf(context).flatMap(({ written, path, by }) =>
    textsOf(written).map((text) => ({
      text: text.text,
      path: [...path, ...text.path],
      by,
      hasItem: written.foreach !== undefined,
      isShown: text.isShown === true,
    })),
  );
}

function textsOf(body: RawBody): readonly Text[] {
  const looks = (['check', 'wait'] as const).flatMap((kind): readonly Text[] => {
    const look = body[kind];
    if (typeof look !== 'object') return [];
    return [
      ...under([kind, 'http'], requestTexts(look.http)),
      ...under([kind, 'tcp'], tcpTexts(look.tcp)),
      ...under([kind, 'dns'], dnsTexts(look.dns)),
    ];
  });
  return [...under(['http'], requestTexts(body.http)), ...looks, ...copyTexts(body), ...peopleTexts(body), ...callTexts(body), ...sleepTexts(body)];
}

function under(path: Path, texts: readonly Text[]): readonly Text[] {
  return texts.map((text) => ({ ...text, path: [...path, ...text.path] }));
}

function requestTexts(http: string | RawHttp | undefined): readonly Text[] {
  if (http === undefined) return [];
  if (typeof http === 'string') return [{ text: http, path: [] }];
  const headers = Object.entries(http.headers ?? {}).map(([name, text]): Text => ({ text, path: ['headers', name] }));
  return [{ text: http.url, path: ['url'] }, ...headers, ...jsonTexts(http.body, ['body'])];
}

/** All texts of what is sent as JSON; keys are constant. */
function jsonTexts(value: unknown, path: Path): readonly Text[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => jsonTexts(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => jsonTexts(item, [...path, key]));
}

function tcpTexts(tcp: RawTcp | undefined): readonly Text[] {
  if (tcp === undefined) return [];
  return typeof tcp === 'string' ? [{ text: tcp, path: [] }] : [{ text: tcp.host, path: ['host'] }];
}

function dnsTexts(dns: RawDns | undefined): readonly Text[] {
  if (dns === undefined) return [];
  return [{ text: dns.name, path: ['name'] }, ...optional(dns.server, ['server'])];
}

function copyTexts({ copy }: RawBody): readonly Text[] {
  return [...optional(copy?.to, ['copy', 'to']), ...optional(copy?.from, ['copy', 'from'])];
}

function peopleTexts({ confirm, approve, notify }: RawBody): readonly Text[] {
  const texts = [
    ...(typeof confirm === 'string' ? [{ text: confirm, path: ['confirm'] }] : optional(confirm?.instruction, ['confirm', 'instruction'])),
    ...(typeof approve === 'object' ? optional(approve.instruction, ['approve', 'instruction']) : []),
    ...(typeof notify === 'string'
      ? [{ text: notify, path: ['notify'] }]
      : [...optional(notify?.channel, ['notify', 'channel']), ...optional(notify?.message, ['notify', 'message'])]),
  ];
  return texts.map((text) => ({ ...text, isShown: true }));
}

function callTexts({ call }: RawBody): readonly Text[] {
  if (typeof call !== 'object') return [];
  return Object.entries(call.with ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [{ text: value, path: ['call', 'with', name] }] : [],
  );
}

function sleepTexts({ sleep }: RawBody): readonly Text[] {
  return typeof sleep === 'object' ? [{ text: sleep.remainderOf, path: ['sleep', 'remainderOf'], isShown: true }] : [];
}

function optional(text: string | undefined, path: Path): readonly Text[] {
  return text === undefined ? [] : [{ text, path }];
}
