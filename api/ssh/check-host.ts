// Checks one host by a connection of its own: name, port, host key, sign-in, and a command that does nothing.
import type { RemoteCheck } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';
import { connect, type Connection, type Credential } from './connect.ts';
import { failureAt, SshError, textOf } from './ssh-error.ts';

/** A channel that is not answered in this time is none. */
const CHANNEL_TIMEOUT_MS = 10_000;

/** `roundTripMs` is the time that a command which does nothing takes on the open connection. */
export async function checkHost(host: PlanHost, credential: Credential): Promise<RemoteCheck> {
  try {
    const connection = await connect(host, credential);
    try {
      return { isReachable: true, hostKey: connection.hostKey, roundTripMs: await roundTrip(host, connection) };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof SshError)) throw error;
    return { isReachable: false, stage: error.code, message: error.message, offeredKey: error.offeredKey };
  }
}

function roundTrip(host: PlanHost, { client }: Connection): Promise<number> {
  const began = performance.now();
  return new Promise((settle, fail) => {
    const giveUp = (cause: unknown): void => fail(new SshError('channel', failureAt('channel', host, textOf(cause)), { cause }));
    const timer = setTimeout(() => giveUp(new Error(`no answer within ${CHANNEL_TIMEOUT_MS / 1_000} s`)), CHANNEL_TIMEOUT_MS);
    client.on('close', () => giveUp(new Error('the connection was closed')));
    client.exec('exit 0', (error, channel) => {
      if (error !== undefined) {
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
