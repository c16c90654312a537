// Shared connections: one for each host and user, used by several channels at once, closed when nobody has needed it for a while.
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { setTimeout as delay } from 'node:timers/promises';
import type { PlanHost } from '../domain/drill/plan.ts';
import { connect, type Connection, type Credential } from './connect.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

/** MaxSessions is 10 by default and frees late; half of it leaves room for the channel that ends a command. */
const LANES = 5;
/** A server may still refuse a channel; the refusal is certain, so it is asked again, each time after a longer pause. */
const OPEN_TRIES = 8;
const OPEN_PAUSE_MS = 100;
/** Long enough for the pauses between steps, short enough not to hold sessions on hosts for nothing. */
const IDLE_MS = 60_000;

export interface OpenChannel {
  readonly channel: ClientChannel;
  /** To be called once the channel has closed. */
  readonly release: () => void;
}

export interface OpenFiles {
  readonly sftp: SFTPWrapper;
  /** Settled when the connection is gone: ssh2 leaves requests under way without an answer. */
  readonly gone: Promise<void>;
  readonly release: () => void;
}

export interface Connections {
  /** Starts a command. Rejects with an SshError: then nothing was started, or what was started got no script. */
  exec(host: PlanHost, command: string, use?: { readonly isUrgent: boolean }): Promise<OpenChannel>;
  /** Opens a channel for files. Rejects with an SshError. */
  files(host: PlanHost): Promise<OpenFiles>;
  close(): Promise<void>;
}

interface Line {
  readonly connection: Promise<Connection>;
  readonly waiting: (() => void)[];
  busy: number;
  isClosed: boolean;
  idleTimer: NodeJS.Timeout | null;
}

export function createConnections(credential: Credential): Connections {
  const lines = new Map<string, Line>();

  return {
    async exec(host, command, { isUrgent } = { isUrgent: false }) {
      const { opened, leave } = await onLine(host, isUrgent, ({ client }) => startOn(client, command));
      return { channel: opened, release: leave };
    },
    async files(host) {
      const { opened, leave } = await onLine(host, false, async ({ client, gone }) => ({ sftp: await sftpOn(client), gone }));
      return { ...opened, release: leave };
    },
    async close() {
      const open = [...lines.values()];
      lines.clear();
      for (const line of open) {
        if (line.idleTimer !== null) clearTimeout(line.idleTimer);
        await line.connection.then(
          (connection) => connection.close(),
          () => undefined, // one that never opened needs no end
        );
      }
    },
  };

  async function onLine<T>(
    host: PlanHost,
    isUrgent: boolean,
    start: (connection: Connection) => Promise<T>,
  ): Promise<{ readonly opened: T; readonly leave: () => void }> {
    for (let tries = 1; ; tries += 1) {
      const line = lineTo(host);
      if (!isUrgent) await lane(line);
      try {
        const opened = await start(await line.connection);
        return { opened, leave: () => (isUrgent ? undefined : release(line)) };
      } catch (error) {
        if (!isUrgent) release(line);
        if (error instanceof SshError) throw error;
        // The client was gone, or the server has no room for a channel: in both cases nothing was started.
        if (tries >= OPEN_TRIES) throw new SshError('channel', failureAt('channel', host, textOf(error)), { cause: error });
        await delay(OPEN_PAUSE_MS * tries);
      }
    }
  }

  function lineTo(host: PlanHost): Line {
    const key = JSON.stringify([host.address, host.port, host.user, host.hostKeys]);
    const known = lines.get(key);
    if (known !== undefined) return known;
    const opening = connect(host, credential).then((connection) => {
      connection.client.on('close', forget);
      return connection;
    });
    const line: Line = { connection: opening, waiting: [], busy: 0, isClosed: false, idleTimer: null };
    opening.catch(forget);
    lines.set(key, line);
    return line;

    function forget(): void {
      line.isClosed = true;
      if (line.idleTimer !== null) clearTimeout(line.idleTimer);
      if (lines.get(key) === line) lines.delete(key);
    }
  }
}

/** Waits for one of the lanes of the line. */
async function lane(line: Line): Promise<void> {
  if (line.idleTimer !== null) clearTimeout(line.idleTimer);
  line.idleTimer = null;
  if (line.busy < LANES) {
    line.busy += 1;
    return;
  }
  // The lane is handed over by the one who leaves it, so `busy` stays.
  await new Promise<void>((free) => line.waiting.push(free));
}

function release(line: Line): void {
  const next = line.waiting.shift();
  if (next !== undefined) {
    next();
    return;
  }
  line.busy -= 1;
  if (line.busy > 0 || line.isClosed) return;
  line.idleTimer = setTimeout(() => void line.connection.then(({ client }) => client.end()), IDLE_MS);
  line.idleTimer.unref();
}

function startOn(client: Client, command: string): Promise<ClientChannel> {
  return whileOpen(client, (answer) => void client.exec(command, answer));
}

function sftpOn(client: Client): Promise<SFTPWrapper> {
  return whileOpen(client, (answer) => void client.sftp(answer));
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
