// Opens one SSH connection: host key always verified, failures told by stage, dropped handshakes tried again.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Algorithms, type ConnectConfig } from 'ssh2';
import type { SshStage } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { fingerprint, keyObjection } from './host-key.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

/** For resolving, TCP, handshake and authentication together. */
const CONNECT_TIMEOUT_MS = 20_000;
/** A cut link stays silent for good without it; so it is noticed within a minute. */
const KEEPALIVE_MS = 15_000;
const KEEPALIVE_MISSES = 3;
/** A server at MaxStartups drops connections before the handshake: a few more tries, each after twice the pause. */
const DROPPED_TRIES = 4;
const DROPPED_PAUSE_MS = 150;

/** No diffie-hellman-group-exchange: it blocks this process for more than a second. No SHA-1 anywhere. */
const ALGORITHMS: Algorithms = {
  kex: ['curve25519-sha256', 'curve25519-sha256@libssh.org'],
  serverHostKey: ['ssh-ed25519'],
  cipher: ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com'],
  compress: ['none'],
};

export interface Credential {
  readonly privateKey: string | Buffer;
}

export interface Connection {
  readonly client: Client;
  /** Fingerprint of the key that the host proved to have. */
  readonly hostKey: string;
  /** Settled when it is closed, by whichever side. */
  readonly gone: Promise<void>;
  /** At once, whatever still runs over it; settled when it is closed. */
  close(): Promise<void>;
}

/** Rejects with an SshError and no other. */
export async function connect(host: PlanHost, credential: Credential): Promise<Connection> {
  for (let tries = 1; ; tries += 1) {
    const attempt = new Attempt(host);
    try {
      return await attempt.open(credential);
    } catch (error) {
      if (!attempt.wasDropped || tries >= DROPPED_TRIES) throw error;
      await delay(DROPPED_PAUSE_MS * 2 ** (tries - 1) * (1 + Math.random()));
    }
  }
}

/** One dial: it knows how far it came, which is what a failure is told by. */
class Attempt {
  /** The server closed before it said who it is, as it does when it has too many starting connections. */
  wasDropped = false;
  private readonly client = new Client();
  private stage: SshStage;
  private offered: string | null = null;
  private objection: string | null = null;

  constructor(private readonly host: PlanHost) {
    this.stage = isIP(host.address) === 0 ? 'dns' : 'tcp';
  }

  open(credential: Credential): Promise<Connection> {
    return new Promise((settle, fail) => {
      const socket = this.dial();
      const timer = setTimeout(() => giveUp(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`)), CONNECT_TIMEOUT_MS);
      // Once the promise is settled, an error or a close changes nothing here: whoever uses the connection listens for its close.
      const giveUp = (error: Error): void => {
        clearTimeout(timer);
        fail(this.failure(error));
        socket.destroy();
      };
      this.client.on('handshake', () => (this.stage = 'authentication'));
      this.client.on('ready', () => {
        clearTimeout(timer);
        const gone = new Promise<void>((end) => this.client.once('close', () => end()));
        settle({ client: this.client, hostKey: this.offered ?? '', gone, close: () => closeSocket(socket) });
      });
      this.client.on('error', giveUp);
      this.client.on('close', () => giveUp(new Error('the server closed the connection')));
      this.client.connect(this.settings(socket, credential));
    });
  }

  /** ssh2 never sets TCP_NODELAY; on an open connection it makes commands several times faster. */
  private dial(): Socket {
    const socket = connectTcp({ host: this.host.address, port: this.host.port });
    socket.on('lookup', (error) => {
      if (error === null) this.stage = 'tcp';
    });
    socket.on('connect', () => {
      socket.setNoDelay(true);
      this.stage = 'key-exchange';
    });
    return socket;
  }

  private settings(sock: Socket, credential: Credential): ConnectConfig {
    return {
      sock,
      username: this.host.user,
      privateKey: credential.privateKey,
      // Without the "none" probe a connection costs one round trip less.
      authHandler: ['publickey'],
      algorithms: ALGORITHMS,
      readyTimeout: 0, // ours covers name, TCP and handshake alike
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVE_MISSES,
      hostVerifier: (key: Buffer) => {
        this.offered = fingerprint(key);
        this.objection = keyObjection(this.host, this.offered);
        return this.objection === null;
      },
    };
  }

  private failure(error: Error): SshError {
    const isHandshakeFault = 'level' in error && error.level === 'handshake';
    this.wasDropped = this.stage === 'key-exchange' && this.offered === null && !isHandshakeFault;
    const stage = this.objection === null ? this.stage : 'host-key';
    return new SshError(stage, failureAt(stage, this.host, this.objection ?? textOf(error)), { cause: error, offeredKey: this.offered });
  }
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((settle) => {
    if (socket.closed) {
      settle();
      return;
    }
    socket.once('close', () => settle());
    socket.destroy();
  });
}
