// The door: signing in, who may ask in what form, and how large a question may be. Over real HTTP and a real socket.
import { WebSocket } from 'ws';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SignIn, SignOut, ViewerQuery } from '../../../web/graphql/session.ts';
import { PASSWORD, startMuster, type TestMuster } from '../../support/muster.ts';
import { companyPortfolio, PEOPLE, talkRunbook } from './company.ts';

let muster: TestMuster;

beforeAll(async () => {
  muster = await startMuster({
    portfolio: companyPortfolio(),
    runbooks: { 'talk-it': talkRunbook('talk-it', 'it-internal') },
    people: { ...PEOPLE, dora: ['auditor'], elsa: ['auditor'] },
  });
});
afterAll(() => muster.stop());

const typename = JSON.stringify({ query: '{ __typename }' });

describe('signing in', () => {
  it('opens with the right password, by a cookie that no script reads and no other site sends', async () => {
    const answer = await muster.nobody.send('mutation { signIn(name: "Carla", password: "correct horse battery staple") { name roles } }');
    expect(answer.data).toEqual({ signIn: { name: 'carla', roles: ['COORDINATOR'] } });
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^muster_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)]);
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const viewer = await muster.nobody.post(JSON.stringify({ query: '{ viewer { name } }' }), { cookie });
    expect(await viewer.json()).toEqual({ data: { viewer: { name: 'carla' } } });
  });

  it('tells a wrong password and a wrong name apart for nobody', async () => {
    const wrong = await muster.nobody.refusal(SignIn, { name: 'audrey', password: 'not this one' });
    const unknown = await muster.nobody.refusal(SignIn, { name: 'nobody-here', password: 'not this one' });
    expect(wrong.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(wrong.message).toMatch(/^Name or password is wrong/);
    expect(unknown).toEqual(wrong);
  });

  it('stops after five attempts for an account, and says how long to wait', async () => {
    for (let tries = 0; tries < 5; tries += 1) await muster.nobody.refusal(SignIn, { name: 'dora', password: `guess ${tries}` });
    const limited = await muster.nobody.refusal(SignIn, { name: 'dora', password: PASSWORD });
    expect(limited.extensions).toEqual({ code: 'RATE_LIMITED' });
    expect(limited.message).toMatch(/^Too many attempts to sign in\. Wait 1[45] min/);
  });

  it('ends with signing out: the same cookie opens nothing any more', async () => {
    const elsa = await muster.as('elsa');
    expect(await elsa.ask(ViewerQuery, {})).toMatchObject({ viewer: { name: 'elsa', canControlDrills: false, waitingCount: 0 } });
    const answer = await elsa.send('mutation { signOut }');
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^muster_session=; Max-Age=0;/)]);
    expect(await elsa.ask(ViewerQuery, {})).toMatchObject({ viewer: null });
    await expect(muster.nobody.ask(SignOut, {})).resolves.toEqual({ signOut: true });
  });

  it('is done over HTTP: a socket cannot carry a cookie back', async () => {
    const socket = muster.nobody.followText('mutation { signIn(name: "pavel", password: "correct horse battery staple") { name } }');
    await socket.ended();
    expect(socket.faults).toMatchObject([{ extensions: { code: 'BAD_STATE' } }]);
  });
});

describe('a request', () => {
  it('is answered by POST alone', async () => {
    const got = await fetch(`${muster.url}/graphql?query={__typename}`, { headers: { 'x-muster-csrf': '1' } });
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await got.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  it.each([
    ['origin of another site', { origin: 'https://evil.example' }],
    ['origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['no origin, sent by another site', { origin: null, 'sec-fetch-site': 'cross-site' }],
  ])('from another page is refused: %s', async (_what, headers) => {
    const answer = await muster.nobody.post(typename, headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as a form can send it (%s) is refused',
    async (type) => {
      const answer = await muster.nobody.post(typename, { 'content-type': type, 'x-muster-csrf': null });
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain('__typename');
    },
  );

  it('cannot be one of many in a batch', async () => {
    const answer = await muster.nobody.post(`[${typename},${typename}]`);
    expect(answer.status).toBe(400);
  });

  it('of a socket is refused at the handshake when another site opens it', async () => {
    expect(await handshake('https://evil.example')).toBe(403);
    expect(await handshake(muster.url)).toBe(101);
  });

  it('learns nothing of the schema but what it knows already', async () => {
    const asked = await muster.nobody.send('{ __schema { types { name } } }');
    expect(asked.errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(asked.data).toBeNull();
    const guessed = await muster.nobody.send('{ vewer { name } }');
    expect(guessed.errors[0]?.message).not.toMatch(/viewer/);
  });
});

const deep = 'dependencies { service { ';

const TOO_LARGE: readonly (readonly [string, string])[] = [
  ['deeper than eight levels', `{ services { edges { node { ${deep.repeat(3)} key ${'} }'.repeat(3)} } } } }`],
  ['of more than ten aliases', `{ ${Array.from({ length: 11 }, (_, index) => `a${index}: about { version }`).join(' ')} }`],
  ['of more than a thousand tokens', `{ about { ${'version '.repeat(1_100)} } }`],
  ['of more than five directives', `{ about { ${Array.from({ length: 6 }, (_, index) => `a${index}: version @skip(if: false)`).join(' ')} } }`],
  ['dearer than five thousand points', `{ services { edges { node { ${deep.repeat(2)} ${'key '.repeat(400)} ${'} }'.repeat(2)} } } } }`],
];

describe.each(TOO_LARGE)('a document %s', (_what, query) => {
  it('is refused over HTTP, before anything is resolved', async () => {
    muster.statements.length = 0;
    const answer = await muster.nobody.send(query);
    expect(answer.errors[0]?.extensions).toEqual({ code: 'TOO_COMPLEX' });
    expect(answer).toMatchObject({ status: 400, data: null });
    expect(muster.statements).toEqual([]);
  });

  it('is refused over the socket, which stays open', async () => {
    const refused = muster.nobody.followText(query);
    await refused.ended();
    expect(refused.faults).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    const after = muster.nobody.followText('{ about { version } }');
    await after.ended();
    expect(after.seen).toEqual([{ about: { version: '0.0.0-test' } }]);
  });
});

describe('an error', () => {
  it('that was foreseen has a code, a sentence and the field at fault', async () => {
    const carla = await muster.as('carla');
    const { errors } = await carla.send('{ services(first: 101) { totalCount } }');
    expect(errors).toMatchObject([{ message: 'Ask for 1 to 100 at a time, not 101.', extensions: { code: 'INVALID_INPUT', field: 'first' } }]);
  });

  it('in a value names the place and repeats no input', async () => {
    const { errors } = await muster.nobody.send('mutation ($name: Int) { signIn(name: $name, password: 4) { name } }', { name: 'hunter2' });
    expect(errors.map(({ extensions }) => extensions)).toEqual(errors.map(() => ({ code: 'INVALID_INPUT' })));
    expect(errors.length).toBeGreaterThan(0);
  });

  it('that nobody expected is told by an id alone, which the log has too', async () => {
    vi.spyOn(muster.app.database.stores.portfolio, 'load').mockRejectedValueOnce(new Error('disk /secret/place is gone'));
    const carla = await muster.as('carla');
    const { data, errors } = await carla.send('{ services { totalCount } }');
    const [error] = errors;
    expect(data).toBeNull();
    expect(error?.extensions).toEqual({ code: 'INTERNAL', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(JSON.stringify(errors)).not.toMatch(/secret|stack|\.ts/);
    const id = String(error?.extensions['id']);
    expect(error?.message).toContain(id);
    expect(muster.logged.filter((line) => line.includes(id) && line.includes('/secret/place'))).toHaveLength(1);
  });

  it('that nobody expected is told over the socket in the same way', async () => {
    vi.spyOn(muster.app.database.stores.portfolio, 'load').mockRejectedValueOnce(new Error('disk /secret/place is gone'));
    const asked = (await muster.as('carla')).followText('{ services { totalCount } }');
    await asked.ended();
    expect(asked.faults).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(JSON.stringify(asked.faults)).not.toMatch(/secret|stack|\.ts/);
  });
});

describe('a socket', () => {
  afterEach(() => vi.useRealTimers());

  it('is closed when the session of its person has ended elsewhere', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const carla = await muster.as('carla');
    const scores = carla.followText('subscription { scoreChanges { after } }');
    const open = carla.followText('{ viewer { name } }');
    await open.ended();
    expect(open.seen).toEqual([{ viewer: { name: 'carla' } }]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await carla.send('{ viewer { name } }')).data).toEqual({ viewer: { name: 'carla' } });
    expect(scores.faults).toEqual([]);
    await carla.ask(SignOut, {});
    await vi.advanceTimersByTimeAsync(30_000);
    await scores.ended();
    expect(scores.faults).toMatchObject([{ extensions: { isSocket: true } }]);
  });
});

/** Status of the answer to a WebSocket handshake. */
function handshake(origin: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${muster.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}
