// Requests can be sent as they are written: a whole address, headers once each, a body only where there may be one.
import type { Finding, Path } from '../place.ts';
import type { RawHttp } from '../raw-runbook.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function requestsRule(context: RuleContext): readonly Finding[] {
  return bodiesOf(context).flatMap(({ written, path, by }) => {
    const looks = (['check', 'wait'] as const).flatMap((kind): readonly RequestAt[] => {
      const look = written[kind];
      return typeof look === 'object' && look.http !== undefined ? [{ http: look.http, path: [...path, kind, 'http'], by }] : [];
    });
    const own = written.http === undefined ? [] : [{ http: written.http, path: [...path, 'http'], by }];
    return [...own, ...looks].flatMap((request) => [...urlFindings(request), ...headerFindings(request), ...bodyFindings(request)]);
  });
}

interface RequestAt {
  readonly http: string | RawHttp;
  readonly path: Path;
  readonly by: string;
}

function urlFindings({ http, path, by }: RequestAt): readonly Finding[] {
  const url = typeof http === 'string' ? http : http.url;
  const place = { code: 'bad-url', path: typeof http === 'string' ? path : [...path, 'url'] };
  // Any value could stand there; a digit is right for a host, a port and a path.
  const parsed = URL.parse(url.replaceAll(/\$\{[a-z][a-z0-9_]*\}/g, '1'));
  if (parsed === null)
    return [{ ...place, message: `${by} sends a request to \`${url}\`, which is no address.`, remedy: 'Write `https://host/path`.' }];
  if (parsed.username === '' && parsed.password === '') return [];
  return [{ ...place, message: `${by} has a user or password in its address.`, remedy: 'Send it in a header, from a secret input.' }];
}

/** What the connection itself is made of; a wrong one would confuse servers on the way. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function headerFindings({ http, path, by }: RequestAt): readonly Finding[] {
  if (typeof http === 'string') return [];
  const seen = new Set<string>();
  return Object.keys(http.headers ?? {}).flatMap((header): readonly Finding[] => {
    const name = header.toLowerCase();
    const place = { path: [...path, 'headers', header], at: 'key' as const };
    if (OWN_HEADERS.has(name)) {
      return [
        { ...place, code: 'header-not-allowed', message: `${by} sets the header \`${header}\`, which the app sets itself.`, remedy: 'Remove it.' },
      ];
    }
    if (seen.has(name)) {
      return [{ ...place, code: 'duplicate-key', message: `${by} sets the header \`${name}\` twice.`, remedy: 'Keep one of the two.' }];
    }
    seen.add(name);
    return [];
  });
}

function bodyFindings({ http, path, by }: RequestAt): readonly Finding[] {
  if (typeof http === 'string' || http.body === undefined) return [];
  const method = http.method ?? 'GET';
  if (method !== 'GET' && method !== 'HEAD') return [];
  const message = `${by} sends a body with ${method}, which has none.`;
  return [
    { code: 'body-not-allowed', path: [...path, 'body'], at: 'key', message, remedy: 'Write `method: POST` or another one, or remove the body.' },
  ];
}
