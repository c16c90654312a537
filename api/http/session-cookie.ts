// The session cookie: read from a request, set and cleared on a response.
import type { IncomingMessage } from 'node:http';

/** What is needed of a response. */
export interface HeaderTarget {
  appendHeader(name: string, value: string): unknown;
}

/** The `__Host-` prefix makes browsers refuse the cookie from anywhere but this host over TLS; without TLS they would refuse it altogether. */
const PLAIN_NAME = 'muster_session';
const TLS_NAME = '__Host-muster_session';

/** The session's secret; null when the request carries none. */
export function readSessionCookie(request: Pick<IncomingMessage, 'headers'>, isTls: boolean): string | null {
  const wanted = nameOf(isTls);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, ...value] = pair.trim().split('=');
    if (name === wanted) return value.join('=') || null;
  }
  return null;
}

/** Kept until the browser ends; how long the session holds is the server's matter. The secret must be base64url. */
export function writeSessionCookie(response: HeaderTarget, isTls: boolean, secret: string): void {
  response.appendHeader('Set-Cookie', `${nameOf(isTls)}=${secret}; ${attributesOf(isTls)}`);
}

export function clearSessionCookie(response: HeaderTarget, isTls: boolean): void {
  response.appendHeader('Set-Cookie', `${nameOf(isTls)}=; Max-Age=0; ${attributesOf(isTls)}`);
}

function nameOf(isTls: boolean): string {
  return isTls ? TLS_NAME : PLAIN_NAME;
}

function attributesOf(isTls: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${isTls ? '; Secure' : ''}`;
}
