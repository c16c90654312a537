// Remote hosts over SSH: the adapter behind the port of the same name.
import type { DurableCommand, RemoteCommand, RemoteCopy, RemoteHosts, RemoteOutcome, RemoteSink } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { checkRunner, killText, runText } from '../domain/drill/shell-wrapper.ts';
import { checkHost } from './check-host.ts';
import { createConnections, type Connections, type ConnectionsOptions } from './connections.ts';
import { copyFile } from './copy-file.ts';
import { Files } from './files.ts';
import { followCommand } from './follow-command.ts';
import { createForgetting } from './forgetting.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { SSH_LIMITS } from './limits.ts';
import { DurableRun } from './run-durably.ts';
import { runLight } from './run-light.ts';
import { SshError, textOf } from './ssh-error.ts';

/** A lane reads its requests a byte at a time where its shell is bash; a longer script gets a channel of its own. */
const LANE_SCRIPT_MAX = 16_384;

/** Throws a TypeError when the private key cannot be read: better at the start than in the middle of a drill. */
export function createRemoteHosts(options: ConnectionsOptions): RemoteHosts {
  const connections = createConnections(options);
  const limits = { ...SSH_LIMITS, ...options.limits };
  const lanes = createLanes(connections);
  const forgetting = createForgetting(lanes);
  const closing = new AbortController();
  const durable = (command: DurableCommand, sink: RemoteSink, signal: AbortSignal): DurableRun =>
    new DurableRun(command, { lanes, sink, signal, limits, closing: closing.signal });
  return {
    run: (command, sink, signal) => run({ connections, lanes, command, sink, signal }),
    async runDurably(command, sink, signal) {
      const refusal = refusalOf(command);
      return refusal ?? durable(command, sink, signal).start();
    },
    resume: (command, sink, signal) => durable(command, sink, signal).resume(),
    forget: (host, id) => forgetting.forget(host, id),
    copy: (command, sink, signal) => copy(connections, { ...command, sink, signal }),
    check: (host) => checkHost(connections, host),
    async close() {
      await forgetting.close();
      closing.abort();
      lanes.close();
      await connections.close();
    },
  };
}

interface Run {
  readonly connections: Connections;
  readonly lanes: Lanes;
  readonly command: RemoteCommand;
  readonly sink: RemoteSink;
  readonly signal: AbortSignal;
}

async function run({ connections, lanes, command, sink, signal }: Run): Promise<RemoteOutcome> {
  const { host, script, timeoutMs, become, shell } = command;
  if (signal.aborted) return { kind: 'cancelled' };
  const refusal = refusalOf(command);
  if (refusal !== null) return refusal;
  const end = (group: number): Promise<boolean> => kill(connections, host, killText(group, { become }));
  try {
    if (become === undefined && (shell ?? 'sh') === 'sh' && script.length <= LANE_SCRIPT_MAX) {
      return await lanes.use(host, { isUrgent: false }, (lane) => runLight(lane, { command, sink, signal, kill: end }));
    }
    const { channel, release } = await connections.exec(host, runText(command));
    channel.once('close', release);
    return await followCommand({ channel, script, timeoutMs, become, sink, signal, kill: end });
  } catch (error) {
    if (!(error instanceof SshError)) throw error;
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'not-started', stage: error.code, message: error.message };
  }
}

function refusalOf(command: RemoteCommand): RemoteOutcome | null {
  const runner = checkRunner(command);
  return runner.ok ? null : { kind: 'not-started', stage: 'channel', message: runner.refusal.message };
}

async function copy(
  connections: Connections,
  wanted: RemoteCopy & { readonly sink: RemoteSink; readonly signal: AbortSignal },
): Promise<RemoteOutcome> {
  const { host, signal } = wanted;
  if (signal.aborted) return { kind: 'cancelled' };
  try {
    const { sftp, gone, release } = await connections.files(host);
    try {
      return await copyFile({ ...wanted, files: new Files(sftp, gone) });
    } finally {
      sftp.end();
      release();
    }
  } catch (error) {
    if (!(error instanceof SshError)) throw error;
    if (signal.aborted) return { kind: 'cancelled' };
    return { kind: 'not-started', stage: error.code, message: error.code === 'channel' ? noFiles(host, error) : error.message };
  }
}

function noFiles({ key, user }: PlanHost, { cause }: SshError): string {
  return `Host ${key} let ${user} in, but opened no channel for files (${textOf(cause)}). Check that its SSH server has the sftp subsystem.`;
}

/** Over a channel of its own. False when it could not be opened, or closed without saying that the group is gone. */
async function kill(connections: Connections, host: PlanHost, text: string): Promise<boolean> {
  try {
    const { channel } = await connections.exec(host, text, { isUrgent: true });
    return await new Promise((settle) => {
      channel.on('close', (code: number | null | undefined) => settle(code === 0));
      channel.on('error', () => settle(false));
      channel.resume();
      channel.stderr.resume();
      channel.end();
    });
  } catch (error) {
    if (error instanceof SshError) return false;
    throw error;
  }
}
