// Shared connections: to each host and on each way to it as few as possible, used by several channels at once, closed when idle.
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { KeyKind } from './algorithms.ts';
import { connect, type Connection } from './connect.ts';
import { ownCredential, type Credential, type NamedCredentials, type OwnKey } from './credentials.ts';
import { dialDirectly, forwardFailure, type Dial } from './dial.ts';
import { SSH_LIMITS, type SshLimits } from './limits.ts';
import { Line } from './line.ts';
import { failureOnTheWay, SshError } from './ssh-error.ts';

export interface ConnectionsOptions {
  /** Muster's own key. */
  readonly credential: OwnKey;
  readonly credentials?: NamedCredentials;
  readonly limits?: Partial<SshLimits>;
}

export interface OpenChannel {
  readonly channel: ClientChannel;
  /** May be called once the channel has closed; its place is free then in any case. */
  readonly release: () => void;
  /** Settled when the connection is gone, with a sentence on why. */
  readonly gone: Promise<string>;
}

export interface OpenFiles {
  readonly sftp: SFTPWrapper;
  /** Settled when the connection is gone: ssh2 leaves requests under way without an answer. */
  readonly gone: Promise<string>;
  readonly release: () => void;
}

export interface Connections {
  readonly limits: SshLimits;
  /** Starts a command. Rejects with an SshError: then nothing was started, or what was started got no script. */
  exec(host: PlanHost, command: string, use?: { readonly isUrgent: boolean }): Promise<OpenChannel>;
  /** Opens a channel for files. Rejects with an SshError. */
  files(host: PlanHost): Promise<OpenFiles>;
  /** A connection of its own to the host; jump hosts on the way are shared. Rejects with an SshError. */
  open(host: PlanHost): Promise<Connection>;
  close(): Promise<void>;
}

/** Throws a TypeError when Muster's own key cannot be read. */
export function createConnections({ credential, credentials, limits: changed }: ConnectionsOptions): Connections {
  const own = ownCredential(credential);
  const limits = { ...SSH_LIMITS, ...changed };
  const lines = new Map<string, Line>();
  const kinds = new Map<string, KeyKind>();
  let isClosed = false;

  return {
    limits,
    async exec(host, command, { isUrgent } = { isUrgent: false }) {
      const { opened, leave } = await lineTo(host).session(async ({ client, gone }) => ({ channel: await startOn(client, command), gone }), isUrgent);
      opened.channel.once('close', leave);
      return { ...opened, release: leave };
    },
    async files(host) {
      const { opened, leave } = await lineTo(host).session(async ({ client, gone }) => ({ sftp: await sftpOn(client), gone }), false);
      return { ...opened, release: leave };
    },
    open,
    async close() {
      isClosed = true;
      await Promise.all([...lines.values()].map((line) => line.close()));
    },
  };

  function lineTo(host: PlanHost): Line {
    const { address, port, user, hostKeys, credential: id, via } = host;
    const key = JSON.stringify([
      address,
      port,
      user,
      hostKeys,
      id,
      via?.map((hop) => [hop.address, hop.port, hop.user, hop.hostKeys, hop.credential]),
    ]);
    const known = lines.get(key);
    if (known !== undefined) return known;
    const line = new Line({ host, limits, open: () => open(host) });
    lines.set(key, line);
    return line;
  }

  async function open(host: PlanHost): Promise<Connection> {
    if (isClosed) throw new SshError('channel', `The connections are being closed, so host ${host.key} is not asked for another one.`);
    return connect({ host, credential: credentialOf(host), dial: dialTo(host), limits, kinds });
  }

  function credentialOf({ key, credential: id }: PlanHost): Credential {
    const found = id === undefined ? own : credentials?.get(id);
    if (found !== undefined) return found;
    const remedy = 'Add it to the file that MUSTER_SSH_CREDENTIALS names, and start Muster again.';
    throw new SshError('authentication', `Host ${key} is signed in to with the credential ${id}, and there is none of that name. ${remedy}`);
  }

  function dialTo(host: PlanHost): Dial {
    const hop = lastHop(host);
    return hop === null ? dialDirectly(host) : (onStage, signal) => dialThrough(hop, host, { onStage, signal });
  }

  async function dialThrough(hop: PlanHost, host: PlanHost, { onStage, signal }: { onStage: (stage: 'tcp') => void; signal: AbortSignal }) {
    onStage('tcp');
    try {
      const { opened, leave } = await lineTo(hop).forward(async ({ client, gone }) => ({ stream: await forwardOn(client, host), wayLost: gone }));
      opened.stream.once('close', leave);
      if (signal.aborted) opened.stream.destroy();
      return opened;
    } catch (error) {
      throw error instanceof SshError ? failureOnTheWay(host, error) : forwardFailure(host, hop, error);
    }
  }
}

/** The jump host that opens the connection to it, with its own way; null when there is none. */
function lastHop({ via = [] }: PlanHost): PlanHost | null {
  const hop = via.at(-1);
  if (hop === undefined) return null;
  return via.length === 1 ? hop : { ...hop, via: via.slice(0, -1) };
}

function startOn(client: Client, command: string): Promise<ClientChannel> {
  return whileOpen(client, (answer) => void client.exec(command, answer));
}

function sftpOn(client: Client): Promise<SFTPWrapper> {
  return whileOpen(client, (answer) => void client.sftp(answer));
}

/** The address of the origin is for the server's log alone. */
function forwardOn(client: Client, { address, port }: PlanHost): Promise<ClientChannel> {
  return whileOpen(client, (answer) => void client.forwardOut('127.0.0.1', 0, address, port, answer));
}

/** A request under way when the connection closes gets no answer from ssh2. */
function whileOpen<T>(client: Client, ask: (answer: (error: Error | undefined, opened: T) => void) => void): Promise<T> {
  return new Promise((settle, fail) => {
    const onClose = (): void => fail(new Error('the connection was closed'));
    client.once('close', onClose);
    ask((error, opened) => {
      client.off('close', onClose);
      if (error === undefined) settle(opened);
      else fail(error);
    });
  });
}
