// Only Muster's own pages may speak for a signed-in person: Origin and Sec-Fetch-Site are checked before anything is read.
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { refuseRequest } from './refuse-request.ts';

/** Origins of the pages that may call; asked anew for each request, since the port is known only after listening. */
export type Origins = () => ReadonlySet<string>;

/** The public URL and, for a loopback one, the other names of this machine at the same port. */
export function originsOf(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const aliases = ['localhost', '127.0.0.1', '[::1]'];
  const hosts = aliases.includes(url.hostname) ? aliases : [url.hostname];
  const port = url.port === '' ? '' : `:${url.port}`;
  return new Set(hosts.map((host) => `${url.protocol}//${host}${port}`));
}

/**
 * True for a request from one of Muster's own pages, and for a program that is no browser: browsers always send Origin with a POST or a WebSocket
 * handshake, and only they hold a person's cookie.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, origins: ReadonlySet<string>): boolean {
  const { origin } = headers;
  if (origin !== undefined) return origins.has(origin) && isOwnSite(headers);
  return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
}

/** For POST /graphql: answers 403 in the shape of a GraphQL error when another site's page is calling. */
export function requireSameOrigin(origins: Origins): RequestHandler {
  return (request, response, next) => {
    if (isSameOrigin(request.headers, origins())) {
      next();
      return;
    }
    const own = [...origins()][0] ?? '';
    refuseRequest(response, 403, { code: 'FORBIDDEN', message: `Muster answers only its own pages. Open it at ${own} and try again.` });
  };
}

/** `none`: the person typed the address. Absent in older browsers, where Origin alone has to do. */
function isOwnSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
