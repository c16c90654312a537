// What Muster signs in with: keys, an agent and passwords, from a settings file, against real servers; and that nothing of them is told.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthContext } from 'ssh2';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RemoteCheck } from '../../../api/application/ports.ts';
import type { PlanHost } from '../../../api/domain/drill/plan.ts';
import { fingerprint } from '../../../api/ssh/host-key.ts';
import { openCredentials } from '../../../api/ssh/open-credentials.ts';
import { readCredentials } from '../../../api/ssh/read-credentials.ts';
import { readableKeyPair } from '../../../api/ssh/own-ssh-key.ts';
import { createRemoteHosts } from '../../../api/ssh/remote-hosts.ts';
import { newKey, testHosts, type TestHost, type TestHosts } from '../../support/sshd.ts';

const SECRET = 'correct horse battery';
let hosts: TestHosts;
let keyHost: TestHost;

beforeAll(async () => {
  hosts = testHosts();
  newKey(hosts.folder, 'other');
  newKey(hosts.folder, 'locked', { passphrase: SECRET });
  newKey(hosts.folder, 'old', { kind: 'rsa' });
  const files = ['other', 'locked', 'old'].map((name) => `${hosts.folder}/${name}.pub`);
  keyHost = await hosts.add('keys', [`AuthorizedKeysFile ${files.join(' ')}`]);
});
afterAll(() => hosts.close());

function settingsFile(text: string): string {
  const file = join(hosts.folder, 'credentials.yaml');
  writeFileSync(file, text);
  return file;
}

interface Wanted {
  readonly host: PlanHost;
  readonly credentials: string;
  readonly agentSocket?: string;
}

async function check({ host, credentials, agentSocket }: Wanted): Promise<RemoteCheck> {
  const named = await openCredentials({ file: settingsFile(credentials), agentSocket: agentSocket ?? null, open: openSealed });
  const remote = createRemoteHosts({ credential: { privateKey: hosts.privateKey }, credentials: named, limits: { droppedPauseMs: 1 } });
  try {
    return await remote.check(host);
  } finally {
    await remote.close();
  }
}

function openSealed(sealed: string): string {
  if (sealed === 'sealed:good') return SECRET;
  throw new Error('the text was sealed with another key');
}

function byPassword(context: AuthContext): void {
  if (context.method === 'password' && context.password === SECRET) context.accept();
  else context.reject(['password']);
}

const signedInWith = (credential: string): PlanHost => ({ ...keyHost.host, credential });

describe('a key', () => {
  it('of its own file lets in where that of Muster does not', async () => {
    expect(await check({ host: signedInWith('other'), credentials: 'other: { key: other }' })).toMatchObject({ isReachable: true });
    expect(await check({ host: keyHost.host, credentials: '' })).toMatchObject({ isReachable: false, stage: 'authentication' });
  });

  it('with a passphrase is opened by what is in a file', async () => {
    writeFileSync(join(hosts.folder, 'passphrase'), `${SECRET}\n`);
    const credentials = 'locked: { key: locked, passphraseFile: passphrase }';
    expect(await check({ host: signedInWith('locked'), credentials })).toMatchObject({ isReachable: true });
  });

  it('of kind rsa lets in, signed with SHA-2', async () => {
    expect(await check({ host: signedInWith('old'), credentials: 'old: { key: old }' })).toMatchObject({ isReachable: true });
  });

  it('that a jump host wants may be another than the one of the host behind it', async () => {
    const gate = await hosts.add('gate');
    const host: PlanHost = { ...signedInWith('other'), via: [gate.host] };
    expect(await check({ host, credentials: 'other: { key: other }' })).toMatchObject({ isReachable: true });
    const wrong: PlanHost = { ...signedInWith('other'), via: [{ ...gate.host, credential: 'other' }] };
    const seen = await check({ host: wrong, credentials: 'other: { key: other }' });
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication', hop: 'gate' });
    expect(JSON.stringify(seen)).toContain('did not let user');
    expect(JSON.stringify(seen)).toContain('with the credential other (it accepts publickey)');
  });

  it('that is not there is told by its id', async () => {
    const seen = await check({ host: signedInWith('gone'), credentials: 'other: { key: other }' });
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication', message: expect.stringContaining('the credential gone') });
  });
});

describe('an agent', () => {
  let agent: ChildProcess;
  let socket: string;

  beforeAll(async () => {
    socket = join(hosts.folder, 'agent.sock');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    await vi.waitFor(() => expect(existsSync(socket)).toBe(true), { timeout: 10_000 });
    execFileSync('ssh-add', ['-q', join(hosts.folder, 'other')], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
  });
  afterAll(async () => {
    agent.kill();
    await once(agent, 'exit');
  });

  it('signs by its socket, named by path or by the environment', async () => {
    expect(await check({ host: signedInWith('desk'), credentials: `desk: { agent: ${socket} }` })).toMatchObject({ isReachable: true });
    const byEnvironment = { host: signedInWith('desk'), credentials: 'desk: { agent: SSH_AUTH_SOCK }', agentSocket: socket };
    expect(await check(byEnvironment)).toMatchObject({ isReachable: true });
  });

  it('that does not answer is told at the sign-in', async () => {
    const seen = await check({ host: signedInWith('desk'), credentials: `desk: { agent: ${hosts.folder}/no-agent.sock }` });
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication', message: expect.stringContaining('desk') });
  });
});

describe('a password', () => {
  const servers: ssh2.Server[] = [];
  afterEach(() => {
    for (const one of servers.splice(0)) one.close();
  });

  /** An SSH server that lets in by `accept`, since an account with a password would have to be one of this machine. */
  async function server(
    methods: readonly ('publickey' | 'password' | 'keyboard-interactive')[],
    accept: (context: AuthContext) => void,
  ): Promise<PlanHost> {
    const pair = readableKeyPair();
    const made = new ssh2.Server({ hostKeys: [pair.private] }, (connection) => {
      connection.on('error', () => undefined);
      connection.on('authentication', (context) => {
        if (methods.some((method) => method === context.method)) accept(context);
        else context.reject([...methods]);
      });
      connection.on('session', (give) => {
        give().on('exec', (answer) => {
          const channel = answer();
          channel.exit(0);
          channel.end();
        });
      });
    });
    servers.push(made);
    made.listen(0, '127.0.0.1');
    await once(made, 'listening');
    const parsed = ssh2.utils.parseKey(pair.public);
    if (parsed instanceof Error) throw parsed;
    const address = made.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    return { key: 'appliance', address: '127.0.0.1', port, user: 'dr', hostKeys: [fingerprint(parsed.getPublicSSH())], credential: 'appliance' };
  }

  it('lets in, from a file or sealed', async () => {
    writeFileSync(join(hosts.folder, 'password'), `${SECRET}\n`);
    const host = await server(['password'], byPassword);
    expect(await check({ host, credentials: 'appliance: { passwordFile: password }' })).toMatchObject({ isReachable: true });
    expect(await check({ host, credentials: 'appliance: { sealedPassword: "sealed:good" }' })).toMatchObject({ isReachable: true });
  });

  it('that is wrong is told without it', async () => {
    writeFileSync(join(hosts.folder, 'password'), 'wrong-secret');
    const seen = await check({ host: await server(['password'], byPassword), credentials: 'appliance: { passwordFile: password }' });
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication' });
    expect(JSON.stringify(seen)).toContain('with the credential appliance (it accepts password)');
    expect(JSON.stringify(seen)).not.toContain('wrong-secret');
  });

  it('answers a server that asks for it at the keyboard', async () => {
    const host = await server(['keyboard-interactive'], (context) => {
      if (context.method !== 'keyboard-interactive') return;
      context.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) =>
        answer === SECRET ? context.accept() : context.reject(['keyboard-interactive']),
      );
    });
    expect(await check({ host, credentials: 'appliance: { sealedPassword: "sealed:good" }' })).toMatchObject({ isReachable: true });
  });

  it('is given to no other question', async () => {
    const answers: string[] = [];
    const host = await server(['keyboard-interactive'], (context) => {
      if (context.method !== 'keyboard-interactive') return;
      context.prompt([{ prompt: 'Password: ', echo: false }], () => {
        context.prompt([{ prompt: 'Verification code: ', echo: false }], (given) => {
          answers.push(...given);
          context.reject(['keyboard-interactive']);
        });
      });
    });
    const seen = await check({ host, credentials: 'appliance: { sealedPassword: "sealed:good" }' });
    expect(seen).toMatchObject({ isReachable: false, stage: 'authentication' });
    expect(JSON.stringify(seen)).toContain('it asks \\"Verification code:\\", which nobody is there to answer');
    expect(answers).toEqual(['']);
  });

  it('follows the key where a server wants both', async () => {
    writeFileSync(join(hosts.folder, 'password'), SECRET);
    const host = await server(['publickey', 'password'], (context) => {
      if (context.method === 'publickey') context.reject(['password'], true);
      else byPassword(context);
    });
    expect(await check({ host, credentials: 'appliance: { key: other, passwordFile: password }' })).toMatchObject({ isReachable: true });
  });

  it('is not sent to a server that takes none', async () => {
    const methods: string[] = [];
    const made = await server(['keyboard-interactive'], (context) => {
      methods.push(context.method);
      context.reject([]);
    });
    await check({ host: made, credentials: 'appliance: { sealedPassword: "sealed:good" }' });
    expect(methods).toEqual(['keyboard-interactive']);
    const closed = await check({ host: signedInWith('appliance'), credentials: 'appliance: { sealedPassword: "sealed:good" }' });
    expect(closed).toMatchObject({ isReachable: false, stage: 'authentication', message: expect.stringContaining('it accepts publickey') });
  });
});

describe('the file of credentials', () => {
  it.each([
    ['no YAML', 'a: [', /^c\.yaml, line 1: this is not YAML/],
    ['a list', '- a', /^c\.yaml is no map\./],
    ['an id that no host could name', 'Big One: { key: k }', /"Big One" cannot be the id/],
    ['nothing to sign in with', 'a: {}', /credential a has nothing to sign in with\./],
    ['no map', `a: ${SECRET}`, /credential a is no map\./],
    ['a password in the clear', `a: { password: ${SECRET} }`, /credential a has a password in the clear\. .* as passwordFile\./],
    ['a passphrase in the clear', `a: { key: k, passphrase: ${SECRET} }`, /credential a has a passphrase in the clear\./],
    ['an unknown key', 'a: { keyy: k }', /unknown key "keyy"\. Known are key,/],
    ['a number', 'a: { passwordFile: 12 }', /passwordFile of credential a is no text\./],
    ['a passphrase without a key', 'a: { agent: /s, passphraseFile: p }', /no key that it could be for/],
    ['two passwords', 'a: { passwordFile: p, sealedPassword: s }', /both passwordFile and sealedPassword/],
    ['an agent that is no path', 'a: { agent: yes-please }', /neither the path of a socket nor SSH_AUTH_SOCK/],
  ])('with %s is refused, and no value is told', (_, text, said) => {
    const read = readCredentials(text, 'c.yaml');
    const problems = 'problems' in read ? read.problems.join('\n') : 'no problem';
    expect(problems).toMatch(said);
    expect(problems).not.toContain(SECRET);
  });

  it.each([
    ['a key that is not there', 'a: { key: nowhere }', /The key of credential a, .*nowhere, cannot be read \(ENOENT\)/],
    ['a key that wants a passphrase', 'a: { key: locked }', /The key of credential a, .*locked, cannot be used/],
    ['a public key', 'a: { key: other.pub }', /other\.pub, cannot be used: it is a public key/],
    ['an agent of an environment that names none', 'a: { agent: SSH_AUTH_SOCK }', /SSH_AUTH_SOCK, which is not set/],
    ['a password that was sealed elsewhere', 'a: { sealedPassword: "sealed:bad" }', /sealed password of credential a cannot be opened.*muster seal/],
  ])('with %s keeps Muster from starting', async (_, text, said) => {
    await expect(check({ host: keyHost.host, credentials: text })).rejects.toThrow(said);
  });

  it('that is not there is told by its setting', async () => {
    const missing = openCredentials({ file: '/nowhere/c.yaml', agentSocket: null, open: openSealed });
    await expect(missing).rejects.toThrow('Set MUSTER_SSH_CREDENTIALS to one that can.');
  });
});
