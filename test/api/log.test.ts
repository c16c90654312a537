// The log: what is never written, and that the rest is.
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type Log } from '../../api/log.ts';

function recorded(level: 'info' | 'silent' = 'info'): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog(level, destination), lines };
}

describe('createLog', () => {
  it.each([
    ['a password', { password: 'canary' }],
    ['a password hash', { account: { passwordHash: 'canary' } }],
    ['a token', { input: { token: 'canary' } }],
    ['a session secret', { sessionSecret: 'canary' }],
    ['a cookie in a request', { request: { headers: { cookie: 'muster_session=canary' } } }],
    ['a cookie in a response', { response: { headers: { 'set-cookie': ['canary'] } } }],
    ['an authorization header', { headers: { authorization: 'Bearer canary' } }],
    ['a private key', { a: { b: { c: { privateKey: 'canary' } } } }],
  ])('hides %s', (_name, fields) => {
    const { log, lines } = recorded();
    log.info(fields, 'something happened');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('canary');
    expect(lines[0]).toContain('[hidden]');
  });

  it('writes level, time and the rest as JSON', () => {
    const { log, lines } = recorded();
    log.warn({ drill: 'DR-1' }, 'late');
    expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), drill: 'DR-1', msg: 'late' });
  });

  it('writes nothing when it is silent', () => {
    const { log, lines } = recorded('silent');
    log.error('x');
    expect(lines).toEqual([]);
  });
});
