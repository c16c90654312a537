// Real OpenSSH servers for tests: one process a host, on loopback, each with its own port, host key and home folder.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlanHost } from '../../api/domain/drill/plan.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));
const START_TRIES = 100;
const PORT_TRIES = 5;

const CONSTANT_SETTINGS = `PidFile none
UsePAM no
StrictModes no
UseDNS no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
MaxStartups 200
`;

export interface TestHost {
  readonly host: PlanHost;
  /** `$HOME` of commands that run there. */
  readonly home: string;
  /** A file in the home folder; empty when there is none. */
  read(name: string): string;
  /** Lines of a file in the home folder: the counter that tells how often something ran. */
  count(name: string): number;
  /** How many connections were made so far. */
  dials(): number;
  /** Resets every connection that is open, as a broken link does. */
  cut(): void;
  /** Passes nothing on any more, as a link that has gone silent. */
  freeze(): void;
  /** As a network that drops every packet: what is open goes silent for good, and what connects from now on is never answered. */
  silence(): void;
  /** Ends the silence for whoever connects from now on. */
  speak(): void;
  /** Ends the server; connecting fails from then on. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** As `ssh-keygen -t` names them. */
export type KeyKind = 'ed25519' | 'ecdsa' | 'rsa';

export interface TestHosts {
  readonly folder: string;
  readonly privateKey: string;
  /** A key that no host lets in. */
  readonly strangerKey: string;
  /** `isDirect`: without what breaks its link, which costs time. */
  add(key: string, settings?: readonly string[], keyKind?: KeyKind, options?: { readonly isDirect: boolean }): Promise<TestHost>;
  /** Ends all servers and removes their folders. */
  close(): Promise<void>;
}

/**
 * Their homes lie in a new folder below `place`. Throws one line that says what to install when the machine has no sshd: there is no test of
 * SSH without one.
 */
export function testHosts(place: string = tmpdir()): TestHosts {
  if (SSHD === undefined) throw new Error('These tests need OpenSSH: install it with "apt-get install openssh-server" (or your system\'s package).');
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(place, 'muster-ssh-'));
  const hosts: TestHost[] = [];
  return {
    folder,
    privateKey: newKey(folder, 'client'),
    strangerKey: newKey(folder, 'stranger'),
    async add(key, settings = [], ...[keyKind = 'ed25519', { isDirect } = { isDirect: false }]) {
      const host = await newHost({ folder, key, settings, keyKind, isDirect });
      hosts.push(host);
      return host;
    },
    async close() {
      await Promise.all(hosts.map((host) => host.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface NewHost {
  readonly folder: string;
  readonly key: string;
  readonly settings: readonly string[];
  readonly keyKind: KeyKind;
  readonly isDirect: boolean;
}

async function newHost({ folder, key, settings, keyKind, isDirect }: NewHost): Promise<TestHost> {
  const home = join(folder, key);
  mkdirSync(home, { mode: 0o700 });
  newKey(folder, `${key}.host`, { kind: keyKind });
  const hostKeys = [fingerprintOf(join(folder, `${key}.host.pub`))];
  const sockets = new Set<Socket>();
  const config = join(folder, `${key}.conf`);
  const { child: first, port: serverPort } = await onFreePort(async (port) => {
    writeFileSync(config, configOf({ folder, key, home, port, settings }));
    return launch(config, port);
  });
  let dials = 0;
  const link = { isSilent: false };
  const proxy = await startProxy(sockets, serverPort, link);
  proxy.on('connection', () => (dials += 1));
  let child = first;
  const read = (name: string): string => (existsSync(join(home, name)) ? readFileSync(join(home, name), 'utf8') : '');
  const made: TestHost = {
    host: { key, address: '127.0.0.1', port: isDirect ? serverPort : portOf(proxy), user: userInfo().username, hostKeys },
    home,
    read,
    count: (name) => read(name).split('\n').length - 1,
    dials: () => dials,
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    freeze() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    silence() {
      made.freeze();
      link.isSilent = true;
    },
    speak() {
      link.isSilent = false;
    },
    async start() {
      const next = await launch(config, serverPort);
      if (next === null) throw new Error(`sshd could not have port ${serverPort} again.`);
      child = next;
      if (!proxy.listening) await once(proxy.listen(isDirect ? 0 : made.host.port, '127.0.0.1'), 'listening');
    },
    async stop() {
      made.cut();
      if (proxy.listening) await new Promise((settle) => proxy.close(settle));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
  return made;
}

/** Between looking for a free port and having it, somebody else can take it; then it is another one. */
async function onFreePort(start: (port: number) => Promise<ChildProcess | null>): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  for (let tries = 0; tries < PORT_TRIES; tries += 1) {
    const port = await freePort();
    const child = await start(port);
    if (child !== null) return { child, port };
  }
  throw new Error('sshd does not start. Run it with the same settings by hand to see why.');
}

/** Null when it ended before it answered. */
async function launch(config: string, port: number): Promise<ChildProcess | null> {
  const child = spawn(String(SSHD), ['-D', '-e', '-f', config], { stdio: 'ignore' });
  const ended = once(child, 'exit').then(() => '');
  for (let tries = 0; tries < START_TRIES; tries += 1) {
    if (child.exitCode !== null || child.signalCode !== null) return null;
    const socket = connect(port, '127.0.0.1');
    const answer = await Promise.race([once(socket, 'data').then(String), once(socket, 'close').then(() => ''), ended]).catch(() => '');
    socket.destroy();
    if (answer.startsWith('SSH-')) return child;
    await delay(50);
  }
  throw new Error(`sshd does not answer on port ${port}.`);
}

function configOf(server: { folder: string; key: string; home: string; port: number; settings: readonly string[] }): string {
  const path = (name: string): string => join(server.folder, name);
  return [
    ...server.settings, // the first value of a setting counts
    `ListenAddress 127.0.0.1:${server.port}`,
    `HostKey ${path(`${server.key}.host`)}`,
    `AuthorizedKeysFile ${path('client.pub')}`,
    `SetEnv HOME=${server.home}`,
    CONSTANT_SETTINGS,
  ].join('\n');
}

/** Between client and server, so that a link can break without either side saying goodbye. */
async function startProxy(sockets: Set<Socket>, serverPort: number, link: { readonly isSilent: boolean }): Promise<Server> {
  const proxy = createServer((near) => {
    if (link.isSilent) {
      sockets.add(near.on('error', () => near.destroy()).on('close', () => sockets.delete(near)));
      return;
    }
    const far = connect(serverPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return proxy;
}

/** Gives the private key. */
export function newKey(folder: string, name: string, more: { readonly kind?: KeyKind; readonly passphrase?: string } = {}): string {
  const { kind = 'ed25519', passphrase = '' } = more;
  execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', passphrase, '-C', name, '-f', join(folder, name)]);
  return readFileSync(join(folder, name), 'utf8');
}

function fingerprintOf(publicKey: string): string {
  const printed = execFileSync('ssh-keygen', ['-l', '-E', 'sha256', '-f', publicKey], { encoding: 'utf8' });
  return printed.split(' ')[1] ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(server);
  await new Promise((settle) => server.close(settle));
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
