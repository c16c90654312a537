// Every kind of step with every key of its own: what is written, and what it means.
import { describe, expect, it } from 'vitest';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import { small, valid } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const SCRIPTS = new Map([
  ['promote.sh', 'true\n'],
  ['ledger.conf', 'port = 1\r\n'],
]);

const INPUTS = { inputs: { site: { type: 'string' }, ttl: { type: 'number' }, hosts: { type: 'string' }, db_host: { type: 'host' } } };

function built(...steps: readonly Written[]) {
  const named = steps.map((step, index) => ({ id: `s${index}`, title: 'Step', ...step }));
  return valid(small(named, INPUTS), SCRIPTS).steps;
}

describe('a command', () => {
  it('has rows, accounts, a shell and an environment', () => {
    const [step] = built({
      run: 'echo "$item $expires"',
      on: 'db',
      user: 'ops',
      become: 'postgres',
      shell: 'bash',
      env: { PGHOST: 'a', LANG: 'C' },
      foreach: ['a', 'b'],
      batch: 5,
      order: 'random',
      keepGoing: true,
      expires: '90s',
      undo: { run: 'true', always: true },
      when: 'mode == "failover"',
      always: true,
      optional: true,
      onFailure: 'ask',
    });
    expect(step).toMatchObject({
      user: 'ops',
      become: 'postgres',
      shell: 'bash',
      env: { PGHOST: 'a', LANG: 'C' },
      foreach: ['a', 'b'],
      batch: { count: 5 },
      order: 'random',
      keepGoing: true,
      expiresMs: 90_000,
      undo: 'true',
      isUndoAlways: true,
      when: 'mode == "failover"',
      isAlways: true,
      isOptional: true,
      onFailure: 'ask',
    });
  });

  it('takes user and become from the defaults', () => {
    const steps = [{ id: 'one', title: 'One', run: 'true', on: 'db', become: 'root' }];
    const runbook = valid(small(steps, { defaults: { user: 'ops', become: 'postgres' } }));
    expect(runbook.steps[0]).toMatchObject({ user: 'ops', become: 'root' });
  });

  it.each<[string, Written]>([
    ['order given', { order: 'given' }],
    ['keepGoing false', { keepGoing: false }],
    ['shell sh', { shell: 'sh' }],
    ['no environment', { env: {} }],
    ['always false', { always: false, optional: false }],
  ])('means the same with what is so anyway: %s', (_, changes) => {
    const plain = { id: 'one', title: 'One', run: 'true', on: 'db' };
    expect(revisionHash(valid(small([{ ...plain, ...changes }])))).toBe(revisionHash(valid(small([plain]))));
  });

  it('is undone by another step', () => {
    const [first] = built({ run: 'true', on: 'db', undo: { step: 's1' } }, { run: 'false', on: 'db', always: true });
    expect(first).toMatchObject({ undo: null, undoStep: 's1' });
    expect(first).not.toHaveProperty('isUndoAlways');
  });

  it('goes on at a later step after a failure', () => {
    const [first] = built({ run: 'true', on: 'db', onFailure: { goto: 's2' } }, { sleep: '1s' }, { sleep: '1s' });
    expect(first).toMatchObject({ onFailure: 'goto', goTo: 's2' });
  });
});

describe('a look', () => {
  it('is a request, a connection or a name, without a target', () => {
    const steps = built(
      { check: { http: 'https://a.example/${site}' }, expect: { status: [200, 204], body: { json: '$.ok', equals: 'true' } } },
      { check: { tcp: '${db_host}:5432' } },
      { check: { tcp: { host: '[2001:db8::1]', port: 53 } } },
      { wait: { dns: { name: 'www.example', type: 'AAAA', server: '10.0.0.1:53' }, attempts: 3, steady: '10%' } },
      { check: { http: { url: 'https://a.example', headers: { Accept: 'x' } } }, capture: { etag: { header: 'ETag', secret: true } } },
    );
    expect(steps).toMatchObject([
      {
        action: { type: 'http', method: 'GET', url: 'https://a.example/${site}', headers: {}, body: null, bodyType: 'text' },
        expect: { statuses: [200, 204], stdout: { json: '$.ok', equals: 'true' } },
      },
      { action: { type: 'tcp', host: '${db_host}', port: 5432 } },
      { action: { type: 'tcp', host: '2001:db8::1', port: 53 } },
      { action: { type: 'dns', name: 'www.example', recordType: 'AAAA', server: '10.0.0.1:53' }, attempts: 3, steadyPercent: 10 },
      { action: { headers: { accept: 'x' } }, captures: [{ name: 'etag', from: 'header', header: 'etag', isSecret: true }] },
    ]);
  });
});

describe('a request', () => {
  it.each([
    [
      'keys',
      { body: { ttl: 10, name: '${site}' } },
      { body: '{"name":"${site}","ttl":10}', bodyType: 'json', headers: { 'content-type': 'application/json' } },
    ],
    [
      'a list',
      { body: ['a'], headers: { 'Content-Type': 'application/problem+json' } },
      { body: '["a"]', bodyType: 'json', headers: { 'content-type': 'application/problem+json' } },
    ],
    ['JSON as text', { body: '{}', headers: { 'content-type': 'application/json; charset=utf-8' } }, { body: '{}', bodyType: 'json' }],
    ['a form', { body: 'a=${site}', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, { bodyType: 'form' }],
    ['text', { body: 'x' }, { body: 'x', bodyType: 'text', headers: {} }],
  ])('sends %s', (_, request, action) => {
    expect(built({ http: { method: 'POST', url: 'https://a.example', ...request } })[0]).toMatchObject({ kind: 'http', action });
  });

  it.each([
    ['GET', {}, true, true],
    ['GET', { readOnly: false }, false, false],
    ['PUT', {}, false, true],
    ['PUT', { idempotent: false }, false, false],
    ['POST', {}, false, false],
    ['POST', { readOnly: true }, true, true],
  ])('by %s with %j is read-only: %s, idempotent: %s', (method, changes, ...[isReadOnly, isIdempotent]) => {
    expect(built({ http: { method, url: 'https://a.example' }, ...changes })[0]).toMatchObject({ isReadOnly, isIdempotent });
  });
});

describe('the other kinds', () => {
  it('copy a file to hosts, or from a host', () => {
    const steps = built(
      { copy: { file: 'ledger.conf', to: '/etc/ledger.conf', mode: '0644' }, on: 'db', undo: 'rm /etc/ledger.conf' },
      { copy: { from: '/var/log/x.log' }, on: 'db', foreach: { input: 'hosts' } },
    );
    expect(steps).toMatchObject([
      {
        copy: { type: 'copy-to', file: 'ledger.conf', content: 'port = 1\n', to: '/etc/ledger.conf', fileMode: '0644' },
        isReadOnly: false,
        isIdempotent: true,
      },
      { copy: { type: 'copy-from', from: '/var/log/x.log' }, isReadOnly: true, foreach: { input: 'hosts' } },
    ]);
  });

  it('approve, sleep, call and notify in their short and long forms', () => {
    const steps = built(
      { approve: 'coordinator' },
      { approve: { count: 2, instruction: 'Go to ${site}?' } },
      { sleep: { remainderOf: '10m', since: 's0' } },
      { sleep: { remainderOf: '${ttl}', since: 's0' } },
      { call: 'other' },
      { call: { runbook: 'other', with: { where: '${site}', count: 3 } }, onFailure: 'continue' },
      { notify: 'Done with ${site}.' },
      { notify: { channel: 'bridge', message: 'Hi' }, onFailure: 'stop' },
    );
    expect(steps).toMatchObject([
      { role: 'coordinator', count: 1, instruction: null },
      { role: null, count: 2 },
      { durationMs: 600_000, since: 's0' },
      { durationMs: 0, since: 's0', remainder: 'ttl' },
      { runbook: 'other', with: {}, onFailure: 'stop' },
      { runbook: 'other', with: { where: '${site}', count: '3' }, onFailure: 'continue' },
      { action: { type: 'notify', channel: 'drill', message: 'Done with ${site}.' }, onFailure: 'warn', timeoutMs: 30_000 },
      { action: { channel: 'bridge' }, onFailure: 'stop' },
    ]);
  });
});

describe('what a rehearsal does instead', () => {
  it('is nothing, or a body that takes over what it does not say', () => {
    const steps = built(
      { run: 'true', on: 'db', user: 'ops', note: 'Mind.', phase: 'stop', timeout: '1m', drill: { run: 'echo', needs: [] } },
      { run: 'true', on: 'db', drill: 'skip' },
      { run: 'true', on: 'db', drill: { confirm: 'Look.', title: 'Look' } },
    );
    expect(steps[0]).toMatchObject({
      drill: { id: 's0', command: 'echo', on: 'db', user: 'ops', note: 'Mind.', phase: 'stop', timeoutMs: 600_000, needs: [] },
    });
    expect(steps[1]).toMatchObject({ drill: 'skip' });
    expect(steps[2]).toMatchObject({ drill: { kind: 'confirm', title: 'Look', needs: ['s1'] } });
  });
});

describe('targets and inputs', () => {
  it('may be local, a host from an input, and a secret', () => {
    const runbook = valid(
      small([{ id: 'one', title: 'One', run: 'true', on: 'here' }], {
        targets: { here: 'local', there: { local: true }, asked: { host: '${db_host}' } },
        inputs: { db_host: { type: 'host' }, token: { type: 'string', secret: true } },
      }),
    );
    expect(runbook.targets).toEqual([
      { name: 'asked', by: 'hosts', hosts: ['${db_host}'] },
      { name: 'here', by: 'local' },
      { name: 'there', by: 'local' },
    ]);
    expect(runbook.inputs[1]).toMatchObject({ name: 'token', isSecret: true });
  });
});
