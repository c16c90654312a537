// Checks one host by a connection of its own: the way to it, name, port, host key, sign-in, and a command that does nothing.
import type { RemoteCheck } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import type { Connection } from './connect.ts';
import type { Connections } from './connections.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

/** `roundTripMs` is the time that a command which does nothing takes on the open connection. */
export async function checkHost(connections: Connections, host: PlanHost): Promise<RemoteCheck> {
  try {
    const connection = await connections.open(host);
    try {
      const roundTripMs = await roundTrip(host, connection, connections.limits.channelTimeoutMs);
      return { isReachable: true, hostKey: connection.hostKey, roundTripMs };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof SshError)) throw error;
    const { code, message, offeredKey, hop } = error;
    return { isReachable: false, stage: code, message, offeredKey, ...(hop === null ? {} : { hop }) };
  }
}

function roundTrip(host: PlanHost, { client }: Connection, timeoutMs: number): Promise<number> {
  const began = performance.now();
  return new Promise((settle, fail) => {
    const giveUp = (cause: unknown): void => fail(new SshError('channel', failureAt('channel', host, textOf(cause)), { cause }));
    const timer = setTimeout(() => giveUp(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    client.on('close', () => giveUp(new Error('the connection was closed')));
    client.exec('exit 0', (error, channel) => {
      if (error !== undefined) {
        clearTimeout(timer);
        giveUp(error);
        return;
      }
      channel.resume();
      channel.stderr.resume();
      channel.on('close', (code: number | null | undefined) => {
        clearTimeout(timer);
        if (code === 0) settle(Math.max(0, Math.round(performance.now() - began)));
        else giveUp(new Error(`the user's shell ended with ${code ?? 'no exit code'}`));
      });
    });
  });
}
