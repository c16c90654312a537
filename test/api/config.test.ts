// Configuration: what the environment means, and what it refuses in words.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atPort, isLoopback, loadConfig, type Config, type Environment } from '../../api/config.ts';

function configOf(env: Environment): Config {
  const loaded = loadConfig(env);
  if ('problems' in loaded) throw new Error(loaded.problems.join(' '));
  return loaded.config;
}

function problemsOf(env: Environment): readonly string[] {
  const loaded = loadConfig(env);
  return 'problems' in loaded ? loaded.problems : [];
}

describe('loadConfig', () => {
  it('has a safe default for everything', () => {
    expect(configOf({ PATH: '/bin' })).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataFolder: resolve('data'),
      database: { kind: 'sqlite', file: resolve('data/muster.db') },
      logLevel: 'info',
      sshKeyFile: resolve('data/ssh_key'),
      sshCredentialsFile: null,
      sshAgentSocket: null,
      runbooksFolder: resolve('runbooks'),
      publicUrl: 'http://127.0.0.1:4000',
      hasOwnPublicUrl: false,
      isTls: false,
      httpAllow: [],
      isLocalAllowed: false,
      channelsFile: null,
      smtpUrl: null,
      role: 'all',
      leaseMs: 30_000,
    });
  });

  it('leaves the name of its connections to each process', () => {
    const url = 'postgres://muster@db.example/muster?sslmode=require&application_name=mine';
    expect(configOf({ MUSTER_DATABASE: url }).database).toEqual({ kind: 'postgres', url: 'postgres://muster@db.example/muster?sslmode=require' });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(configOf({}))).toBe(true);
  });

  it('reads every setting', () => {
    const config = configOf({
      MUSTER_PORT: '8080',
      MUSTER_HOST: '0.0.0.0',
      MUSTER_DATA: '/srv/muster',
      MUSTER_DATABASE: 'postgres://muster:secret@db.example:5432/muster',
      MUSTER_LOG_LEVEL: 'debug',
      MUSTER_SSH_KEY: '/etc/muster/key',
      MUSTER_SSH_CREDENTIALS: 'credentials.yaml',
      SSH_AUTH_SOCK: '/run/agent.sock',
      MUSTER_RUNBOOKS: '/srv/runbooks',
      MUSTER_PUBLIC_URL: 'https://muster.example.org/',
      MUSTER_HTTP_ALLOW: '*.example.org:8443, localhost',
      MUSTER_LOCAL_COMMANDS: 'yes',
      MUSTER_CHANNELS: 'channels.yaml',
      MUSTER_SMTP_URL: 'smtps://muster:s3cret@mail.example.org',
      MUSTER_ROLE: 'worker',
      MUSTER_LEASE_SECONDS: '45',
    });
    expect(config).toEqual({
      host: '0.0.0.0',
      port: 8080,
      dataFolder: '/srv/muster',
      database: { kind: 'postgres', url: 'postgres://muster:secret@db.example:5432/muster' },
      logLevel: 'debug',
      sshKeyFile: '/etc/muster/key',
      sshCredentialsFile: resolve('credentials.yaml'),
      sshAgentSocket: '/run/agent.sock',
      runbooksFolder: '/srv/runbooks',
      publicUrl: 'https://muster.example.org',
      hasOwnPublicUrl: true,
      isTls: true,
      httpAllow: [
        { host: '*.example.org', port: 8_443 },
        { host: 'localhost', port: null },
      ],
      isLocalAllowed: true,
      channelsFile: resolve('channels.yaml'),
      smtpUrl: 'smtps://muster:s3cret@mail.example.org',
      role: 'worker',
      leaseMs: 45_000,
    });
  });

  it('puts database and SSH key into the data folder unless told otherwise', () => {
    expect(configOf({ MUSTER_DATA: '/srv/muster' })).toMatchObject({
      database: { kind: 'sqlite', file: '/srv/muster/muster.db' },
      sshKeyFile: '/srv/muster/ssh_key',
    });
  });

  it('takes an empty setting for one that is not set', () => {
    expect(configOf({ MUSTER_PORT: '', MUSTER_HOST: ' ' })).toMatchObject({ port: 4000, host: '127.0.0.1' });
  });

  it.each([
    ['MUSTER_PORT', '0'],
    ['MUSTER_PORT', '65536'],
    ['MUSTER_PORT', '-1'],
    ['MUSTER_PORT', '80.5'],
    ['MUSTER_PORT', '0x50'],
    ['MUSTER_PORT', 'http'],
    ['MUSTER_HTTP_ALLOW', 'https://example.org'],
    ['MUSTER_HTTP_ALLOW', ' , '],
    ['MUSTER_LOCAL_COMMANDS', 'true'],
    ['MUSTER_SMTP_URL', 'https://mail.example.org'],
    ['MUSTER_SMTP_URL', 'smtp://a:100%@mail.example.org'],
    ['MUSTER_LOG_LEVEL', 'loud'],
    ['MUSTER_DATABASE', 'mysql://db/muster'],
    ['MUSTER_DATABASE', 'postgres://'],
    ['MUSTER_PUBLIC_URL', 'muster.example.org'],
    ['MUSTER_PUBLIC_URL', 'ftp://muster.example.org'],
    ['MUSTER_PUBLIC_URL', 'https://muster.example.org/app'],
    ['MUSTER_PUBLIC_URL', 'https://a:b@muster.example.org'],
    ['MUSTER_ALLOW_PLAIN_HTTP', 'true'],
    ['MUSTER_ROLE', 'boss'],
    ['MUSTER_ROLE', 'worker'],
    ['MUSTER_LEASE_SECONDS', '2'],
    ['MUSTER_LEASE_SECONDS', '1.5e2'],
  ])('refuses %s=%s in one sentence that names the setting', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
  });

  it('tells all problems at once', () => {
    expect(problemsOf({ MUSTER_PORT: 'x', MUSTER_LOG_LEVEL: 'x', MUSTER_PROT: '1' })).toHaveLength(3);
  });

  it('never repeats an address that may carry a password', () => {
    expect(problemsOf({ MUSTER_DATABASE: 'mysql://root:hunter2@db/muster' }).join()).not.toContain('hunter2');
    expect(problemsOf({ MUSTER_SMTP_URL: 'http://root:hunter2@mail' }).join()).not.toContain('hunter2');
  });

  it.each([
    ['MUSTER_PROT', 'Did you mean MUSTER_PORT?'],
    ['MUSTER_DATABSE', 'Did you mean MUSTER_DATABASE?'],
    ['MUSTER_LOGLEVEL', 'Did you mean MUSTER_LOG_LEVEL?'],
    ['MUSTER_COLOUR_OF_THE_SKY', 'Settings are MUSTER_PORT'],
  ])('refuses the unknown setting %s: %s', (name, advice) => {
    expect(problemsOf({ [name]: '1' })).toEqual([expect.stringContaining(advice)]);
  });

  it.each([
    ['loopback by any name', {}, true],
    ['localhost', { MUSTER_HOST: 'localhost' }, true],
    ['IPv6 loopback', { MUSTER_HOST: '::1' }, true],
    ['an address of the network', { MUSTER_HOST: '10.0.0.5' }, false],
    ['an address of the network behind a TLS proxy', { MUSTER_HOST: '10.0.0.5', MUSTER_PUBLIC_URL: 'https://muster.example' }, true],
    ['an address of the network, published without TLS', { MUSTER_HOST: '10.0.0.5', MUSTER_PUBLIC_URL: 'http://muster.example' }, false],
    ['loopback behind a proxy without TLS', { MUSTER_PUBLIC_URL: 'http://muster.example' }, false],
    ['plain HTTP that somebody accepted', { MUSTER_HOST: '10.0.0.5', MUSTER_ALLOW_PLAIN_HTTP: 'yes' }, true],
    ['every address, none of them named', { MUSTER_HOST: '0.0.0.0', MUSTER_ALLOW_PLAIN_HTTP: 'yes' }, false],
    ['every address and the one to type', { MUSTER_HOST: '::', MUSTER_ALLOW_PLAIN_HTTP: 'yes', MUSTER_PUBLIC_URL: 'http://localhost:4000' }, true],
  ] as const)('on %s: %j starts is %s', (_name, env, starts) => {
    expect(problemsOf(env).length === 0).toBe(starts);
  });

  it('says what to do against plain HTTP', () => {
    expect(problemsOf({ MUSTER_HOST: '10.0.0.5' })[0]).toMatch(/MUSTER_PUBLIC_URL.*127\.0\.0\.1.*MUSTER_ALLOW_PLAIN_HTTP=yes/);
  });
});

describe('atPort', () => {
  it('moves the default URL along', () => {
    expect(atPort(configOf({ MUSTER_HOST: '::1' }), 4001)).toMatchObject({ port: 4001, publicUrl: 'http://[::1]:4001' });
  });

  it('leaves a URL that was set by hand', () => {
    expect(atPort(configOf({ MUSTER_PUBLIC_URL: 'https://m.example' }), 4001).publicUrl).toBe('https://m.example');
  });
});

describe('isLoopback', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '::1', '[::1]'])('%s is', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['127.0.0.1.example', 'localhost.example', '0.0.0.0', '::', '1270.0.0.1', '10.0.0.1'])('%s is not', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});
