// The stream that a connection is spoken over: a TCP connection of this machine, or one that a jump host opens.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SshStage } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

export interface Dialled {
  readonly stream: Duplex;
  /** Settled with a sentence when the jump host is gone; never when there is none. */
  readonly wayLost: Promise<string>;
}

/** Tells the stages that it passes; rejects with an SshError when it got no further. */
export type Dial = (onStage: (stage: SshStage) => void, signal: AbortSignal) => Promise<Dialled>;

const NEVER = new Promise<never>(() => undefined);

/** ssh2 never sets TCP_NODELAY; on an open connection it makes commands several times faster. */
export function dialDirectly(host: PlanHost): Dial {
  return (onStage, signal) =>
    new Promise((settle, fail) => {
      let stage: SshStage = isIP(host.address) === 0 ? 'dns' : 'tcp';
      onStage(stage);
      const socket: Socket = connectTcp({ host: host.address, port: host.port, signal });
      const giveUp = (cause: Error): void => fail(new SshError(stage, failureAt(stage, host, textOf(cause)), { cause }));
      socket.on('lookup', (error) => {
        if (error === null) onStage((stage = 'tcp'));
      });
      socket.once('error', giveUp);
      socket.once('connect', () => {
        socket.setNoDelay(true);
        socket.off('error', giveUp);
        settle({ stream: socket, wayLost: NEVER });
      });
    });
}

/** Reasons for which a server opens no channel (RFC 4254, 5.1). */
const REASON = { prohibited: 1, connectFailed: 2 } as const;
/** What the C library says of a name that it cannot resolve; the jump host passes it on. */
const NAME_PROBLEM = /name or service|nodename nor servname|name resolution|no address associated|name does not resolve/i;

/** What went wrong when `hop` was asked for a connection to `host`: with the host itself, or with what the hop allows. */
export function forwardFailure(host: PlanHost, hop: PlanHost, cause: unknown): SshError {
  const said = textOf(cause).replace(/^\(SSH\) Channel open failure: /, '');
  const reason = cause instanceof Error && 'reason' in cause ? cause.reason : null;
  if (reason === REASON.connectFailed) {
    const stage = NAME_PROBLEM.test(said) ? 'dns' : 'tcp';
    return new SshError(stage, failureAt(stage, host, said), { cause });
  }
  const remedy = reason === REASON.prohibited ? " Allow it by AllowTcpForwarding and PermitOpen in that host's sshd_config." : '';
  const sentence = `Jump host ${hop.key} let ${hop.user} in, but opened no connection to ${host.address}:${host.port} (${said}).${remedy}`;
  return new SshError('channel', sentence, { cause, hop: hop.key });
}
