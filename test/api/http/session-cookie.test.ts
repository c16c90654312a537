// The session cookie: its name and attributes with and without TLS, and reading it back.
import { describe, expect, it } from 'vitest';
import { clearSessionCookie, readSessionCookie, writeSessionCookie, type HeaderTarget } from '../../../api/http/session-cookie.ts';

function headersFrom(write: (response: HeaderTarget) => void): string[] {
  const set: string[] = [];
  write({ appendHeader: (name, value) => set.push(`${name}: ${value}`) });
  return set;
}

describe('the session cookie', () => {
  it('is bound to this host and to TLS when there is TLS', () => {
    expect(headersFrom((response) => writeSessionCookie(response, true, 's3cret'))).toEqual([
      'Set-Cookie: __Host-muster_session=s3cret; Path=/; HttpOnly; SameSite=Strict; Secure',
    ]);
  });

  it('drops only the prefix and Secure without TLS', () => {
    expect(headersFrom((response) => writeSessionCookie(response, false, 's3cret'))).toEqual([
      'Set-Cookie: muster_session=s3cret; Path=/; HttpOnly; SameSite=Strict',
    ]);
  });

  it('is cleared under the same name and attributes', () => {
    expect(headersFrom((response) => clearSessionCookie(response, true))).toEqual([
      'Set-Cookie: __Host-muster_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
    ]);
  });

  it.each([
    ['muster_session=abc', false, 'abc'],
    ['a=b; muster_session=abc; c=d', false, 'abc'],
    ['muster_session=a=b', false, 'a=b'],
    ['__Host-muster_session=abc', true, 'abc'],
    ['muster_session=abc', true, null],
    ['__Host-muster_session=abc', false, null],
    ['xmuster_session=abc', false, null],
    ['muster_session=', false, null],
    ['', false, null],
  ])('of %j with TLS %s is %j', (cookie, isTls, secret) => {
    expect(readSessionCookie({ headers: { cookie } }, isTls)).toBe(secret);
  });

  it('is none without a Cookie header', () => {
    expect(readSessionCookie({ headers: {} }, false)).toBeNull();
  });
});
