// Values in URLs, headers, bodies, names and paths: each stays one value in its place.
import { describe, expect, it } from 'vitest';
import { prepareAction } from '../../../../api/domain/drill/prepare-action.ts';
import type { HttpAction } from '../../../../api/domain/runbook/runbook.ts';
import { hostileValues } from '../../../support/hostile-values.ts';

const http = (change: Partial<HttpAction>): HttpAction => ({
  type: 'http',
  method: 'POST',
  url: 'https://a.test/',
  headers: {},
  body: null,
  bodyType: 'text',
  ...change,
});

function filled(change: Partial<HttpAction>, variables: Record<string, string>): HttpAction {
  const prepared = prepareAction(http(change), variables);
  if (!prepared.ok) throw new Error(prepared.refusal.message);
  return prepared.value;
}

const HOSTILE = hostileValues({ count: 2_000, seed: 5 });

describe('a value', () => {
  it('in a query or a path stays one parameter or one segment, whatever it is', () => {
    for (const v of HOSTILE.filter((value) => !/^\.{1,2}$/.test(value))) {
      const url = new URL(filled({ url: 'https://a.test/x/${v}/y?q=${v}&end=1' }, { v }).url);
      expect([url.host, url.searchParams.get('q'), url.searchParams.get('end'), url.hash]).toEqual(['a.test', v, '1', '']);
      expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'x', v, 'y']);
    }
  });

  it('in a JSON body stays one text, whatever it is', () => {
    for (const v of HOSTILE) {
      const { body } = filled({ body: '{"a":"<${v}>","${v}k":[1]}', bodyType: 'json' }, { v });
      expect(JSON.parse(body ?? '')).toEqual({ a: `<${v}>`, [`${v}k`]: [1] });
    }
  });

  it('in a form stays one field, whatever it is', () => {
    for (const v of HOSTILE)
      expect([...new URLSearchParams(filled({ body: 'a=${v}&b=1', bodyType: 'form' }, { v }).body ?? '')]).toEqual([
        ['a', v],
        ['b', '1'],
      ]);
  });

  it('outside of quotes in a JSON body must be a number, true, false or null', () => {
    const body = '{"count":${v},"text":"\\"${t}"}';
    for (const v of ['0', '-1.5e3', 'true', 'null'])
      expect(JSON.parse(filled({ body, bodyType: 'json' }, { v, t: '"' }).body ?? '')).toHaveProperty('text', '""');
    for (const v of ['1,"admin":true', '', '01', '"x"', '[]', 'NaN'])
      expect(prepareAction(http({ body, bodyType: 'json' }), { v, t: '' }).ok, v).toBe(false);
  });

  it('in a header or a text body stands as it is, and cannot begin another header', () => {
    expect(filled({ headers: { 'x-note': 'by ${v}' }, body: '${v}' }, { v: 'a "b" %' })).toMatchObject({
      headers: { 'x-note': 'by a "b" %' },
      body: 'a "b" %',
    });
    for (const v of ['a\r\nx: y', 'a\nb', 'a\rb', 'a\0']) {
      const prepared = prepareAction(http({ headers: { 'x-note': '${v}' } }), { v });
      expect(prepared).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('header x-note') } });
    }
  });

  it('cannot lead out of the folder that a path or an address names', () => {
    for (const v of ['..', '.', '../x', 'x/../../y']) {
      expect(prepareAction({ type: 'copy-from', from: '/var/log/${v}/app.log' }, { v }).ok, v).toBe(false);
    }
    for (const v of ['..', '.']) expect(prepareAction(http({ url: 'https://a.test/x/${v}/y' }), { v }).ok, v).toBe(false);
    expect(prepareAction(http({ url: 'https://a.test/x/${v}${v}' }), { v: '.' }).ok).toBe(false);
    expect(prepareAction(http({ url: 'https://a.test/${v}' }), { v: '...' }).ok).toBe(true);
    expect(prepareAction(http({ url: 'https://a.test/x/../${v}' }), { v: 'y' }).ok).toBe(true);
    expect(prepareAction({ type: 'copy-from', from: '${v}' }, { v: '/var/log/app.log' })).toEqual({
      ok: true,
      value: { type: 'copy-from', from: '/var/log/app.log' },
    });
    expect(prepareAction({ type: 'copy-from', from: '${v}' }, { v: 'relative' }).ok).toBe(false);
    expect(prepareAction({ type: 'copy-from', from: '/a${v}' }, { v: '\0' }).ok).toBe(false);
  });

  it('in hosts, names, messages and paths of files stands as it is', () => {
    const v = 'db-2';
    expect(prepareAction({ type: 'tcp', host: '${v}.test', port: 5_432 }, { v })).toMatchObject({ value: { host: 'db-2.test', port: 5_432 } });
    expect(prepareAction({ type: 'dns', name: '${v}.test', recordType: 'A', server: '${v}:53' }, { v })).toMatchObject({
      value: { name: 'db-2.test', server: 'db-2:53' },
    });
    expect(prepareAction({ type: 'notify', channel: 'ops', message: '${v} is up; $${v}' }, { v })).toMatchObject({
      value: { message: 'db-2 is up; ${v}' },
    });
    const copy = { type: 'copy-to', file: 'a.conf', content: '${v}', to: '/etc/${v}.conf', fileMode: null } as const;
    expect(prepareAction(copy, { v })).toMatchObject({ value: { to: '/etc/db-2.conf', content: '${v}' } });
  });

  it('that is missing, or is no valid text, is told by its name and not by what it holds', () => {
    expect(prepareAction(http({ url: 'https://a.test/${gone}' }), {})).toMatchObject({
      refusal: { message: '"gone" has no value, and the address needs it.' },
    });
    expect(prepareAction(http({ url: 'https://a.test/${toString}'.replace('toString', 'constructor') }), {}).ok).toBe(false);
    const broken = prepareAction(http({ url: 'https://a.test/${half}' }), { half: 'so-secret\ud800' });
    expect(broken.ok).toBe(false);
    expect(JSON.stringify(broken)).not.toContain('so-secret');
  });
});
