// Opens one SSH connection: host key always verified, failures told by stage, dropped handshakes tried again.
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ConnectConfig } from 'ssh2';
import type { SshStage } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { algorithmsFor, kindOfKey, kindsFor, type KeyKind } from './algorithms.ts';
import type { Credential } from './credentials.ts';
import type { Dial, Dialled } from './dial.ts';
import { fingerprint, keyObjection } from './host-key.ts';
import type { SshLimits } from './limits.ts';
import { signInHandler } from './sign-in.ts';
import { brokenAt, failureAt, SshError, textOf } from './ssh-error.ts';

export interface Connecting {
  readonly host: PlanHost;
  readonly credential: Credential;
  readonly dial: Dial;
  readonly limits: SshLimits;
  /** What is known of pinned keys, by fingerprint; learned from here. */
  readonly kinds: Map<string, KeyKind>;
}

export interface Connection {
  readonly client: Client;
  /** Fingerprint of the key that the host proved to have. */
  readonly hostKey: string;
  /** Settled when it is closed, by whichever side, with a sentence on why. */
  readonly gone: Promise<string>;
  /** At once, whatever still runs over it; settled when it is closed. */
  close(): Promise<void>;
}

/**
 * Rejects with an SshError and no other. A host proves the key that suits the order of our offer, while a key of another kind may be the pinned
 * one: then it is asked for the other kinds, too.
 */
export async function connect(connecting: Connecting): Promise<Connection> {
  const { host, kinds } = connecting;
  let offer = kindsFor(host.hostKeys, kinds);
  let first: SshError | null = null;
  for (;;) {
    try {
      return await untilNotDropped(connecting, offer);
    } catch (error) {
      if (!(error instanceof SshError)) throw error;
      first ??= error;
      const offered = error.offeredKey === null ? undefined : kinds.get(error.offeredKey);
      const others = offer.filter((kind) => kind !== offered);
      const isOwnKey = error.code === 'host-key' && error.hop === null && host.hostKeys.length > 0;
      // The offer gets shorter each time.
      if (!isOwnKey || others.length === offer.length || others.length === 0) throw first;
      offer = others;
    }
  }
}

async function untilNotDropped(connecting: Connecting, offer: readonly KeyKind[]): Promise<Connection> {
  const { droppedTries, droppedPauseMs } = connecting.limits;
  for (let tries = 1; ; tries += 1) {
    const attempt = new Attempt(connecting, offer);
    try {
      return await attempt.open();
    } catch (error) {
      if (!attempt.wasDropped || tries >= droppedTries) throw error;
      await delay(droppedPauseMs * 2 ** (tries - 1) * (1 + Math.random()));
    }
  }
}

/** One dial: it knows how far it came, which is what a failure is told by. */
class Attempt {
  /** The server closed before it said who it is, as it does when it has too many starting connections; or the link broke on the way in. */
  wasDropped = false;
  private readonly client = new Client();
  private readonly over = new AbortController();
  private readonly outcome = Promise.withResolvers<Connection>();
  private stage: SshStage = 'tcp';
  private offered: string | null = null;
  private objection: string | null = null;
  /** Of an open connection, this is why it ended. */
  private firstError: Error | null = null;
  private isOver = false;
  private isTimeUp = false;

  constructor(
    private readonly connecting: Connecting,
    private readonly offer: readonly KeyKind[],
  ) {}

  async open(): Promise<Connection> {
    const { host, limits, dial } = this.connecting;
    // Each host on the way has its own time, and ends with its own failure before this one does.
    const timeoutMs = limits.connectTimeoutMs * (1 + (host.via?.length ?? 0));
    const timer = setTimeout(() => {
      this.isTimeUp = true;
      this.giveUp(new Error(`no answer within ${timeoutMs / 1_000} s`));
    }, timeoutMs);
    dial((stage) => (this.stage = stage), this.over.signal).then(
      (dialled) => this.speak(dialled),
      (error: unknown) => this.outcome.reject(error),
    );
    try {
      return await this.outcome.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  private speak({ stream, wayLost }: Dialled): void {
    if (this.over.signal.aborted) {
      stream.destroy();
      return;
    }
    this.over.signal.addEventListener('abort', () => stream.destroy());
    this.stage = 'key-exchange';
    this.client.on('handshake', () => (this.stage = 'authentication'));
    this.client.on('ready', () => {
      this.isOver = true;
      this.outcome.resolve(this.opened(stream, wayLost));
    });
    this.client.on('error', (error) => {
      this.firstError ??= error;
      this.giveUp(error, 'level' in error && error.level === 'client-socket');
    });
    this.client.on('close', () => this.giveUp(new Error('the server closed the connection'), true));
    this.client.on('change password', () => this.giveUp(new Error('the password has expired')));
    void wayLost.then((sentence) => this.giveUp(new Error(sentence), true));
    this.client.connect(this.settings(stream));
  }

  private opened(stream: Duplex, wayLost: Promise<string>): Connection {
    const closed = new Promise<string>((end) => {
      // When the way is lost, this connection closes with it in the same moment, and the way is the reason.
      this.client.once('close', () => setImmediate(() => end(endOf(this.connecting, this.firstError))));
    });
    const gone = Promise.race([wayLost, closed]);
    const close = async (): Promise<void> => {
      stream.destroy();
      await gone;
    };
    return { client: this.client, hostKey: this.offered ?? '', gone, close };
  }

  private settings(stream: Duplex): ConnectConfig {
    const { host, credential, limits, kinds } = this.connecting;
    return {
      // ssh2 asks for a Readable and writes to it.
      sock: stream,
      username: host.user,
      authHandler: signInHandler({ username: host.user, credential, onRefused: (detail) => this.giveUp(new Error(detail)) }),
      algorithms: algorithmsFor(this.offer),
      readyTimeout: 0, // ours covers name, TCP and handshake alike
      keepaliveInterval: limits.keepaliveMs,
      keepaliveCountMax: limits.keepaliveMisses,
      hostVerifier: (key: Buffer) => {
        const kind = kindOfKey(key);
        this.offered = fingerprint(key);
        if (kind !== null) kinds.set(this.offered, kind);
        this.objection = keyObjection(host, this.offered, kind);
        return this.objection === null;
      },
    };
  }

  /** The first reason counts. A link that broke says nothing about what the host would have answered. */
  private giveUp(error: Error, isLinkLost = false): void {
    if (this.isOver) return;
    this.isOver = true;
    const isHandshakeFault = 'level' in error && error.level === 'handshake';
    const isUnheard = this.stage === 'key-exchange' && this.offered === null && !isHandshakeFault && !this.isTimeUp;
    const isBroken = isLinkLost && this.stage === 'authentication' && this.objection === null;
    this.wasDropped = isUnheard || isBroken;
    const stage = this.objection === null ? this.stage : 'host-key';
    const { host } = this.connecting;
    const message = isBroken ? brokenAt(host, textOf(error)) : failureAt(stage, host, this.objection ?? textOf(error));
    this.outcome.reject(new SshError(stage, message, { cause: error, offeredKey: this.offered }));
    this.over.abort();
  }
}

function endOf({ host, limits }: Connecting, error: Error | null): string {
  if (error === null) return `The connection to host ${host.key} was closed.`;
  if ('level' in error && error.level === 'client-timeout') {
    return `Host ${host.key} has not answered for ${(limits.keepaliveMs * (limits.keepaliveMisses + 1)) / 1_000} s, so the connection to it was given up.`;
  }
  return `The connection to host ${host.key} broke (${textOf(error)}).`;
}
