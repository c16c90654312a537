// One command on an embedded host: a real shell, its streams and its end carried over the SSH channel.
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { ServerChannel, Session } from 'ssh2';
import type { SshHost } from './range-folder.ts';

export interface EmbeddedCommand {
  readonly command: string;
  readonly session: Session;
  readonly channel: ServerChannel;
}

/** Runs it in the host's home folder, in a process group of its own that ends with the channel. */
export function runOnHost(host: SshHost, { command, session, channel }: EmbeddedCommand): void {
  const child = spawn(host.enter, [], { env: { ...process.env, SSH_ORIGINAL_COMMAND: command }, detached: true });
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  // A command may end without reading all its input.
  child.stdin.on('error', () => channel.unpipe(child.stdin));
  session.on('signal', (accept, _reject, { name }) => {
    signalGroup(child, signalNamed(name));
    accept?.();
  });
  child.on('exit', (code, signal) => (signal === null ? channel.exit(code ?? 1) : channel.exit(signal.replace(/^SIG/, ''))));
  child.on('error', (error) => {
    channel.stderr.write(`the command could not be started: ${error.message}\n`);
    channel.exit(126);
    channel.end();
  });
  child.on('close', () => channel.end());
  channel.on('close', () => signalGroup(child, 'SIGKILL'));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  if (child.pid === undefined || hasEnded) return;
  process.kill(-child.pid, signal);
}

/** SSH leaves the "SIG" out; what we do not know ends the command. */
function signalNamed(name: string): NodeJS.Signals {
  const full = `SIG${name.replace(/^SIG/, '')}`;
  return Object.keys(constants.signals).find((known): known is NodeJS.Signals => known === full) ?? 'SIGTERM';
}
