// Whether something listens at an address: connects, and closes again.
import { connect } from 'node:net';
import type { RemoteOutcome } from '../application/ports.ts';
import type { TcpAction } from '../domain/runbook/runbook.ts';
import { bareHost } from './allowed-places.ts';
import { checkedAddresses } from './address-guard.ts';
import { ending, lookupOf, type Errand } from './http.ts';
import { Deadline, reasonOf } from './report.ts';

/** Rejects only when the sink does. */
export async function connectTcp({ host, port }: TcpAction, { places, timeoutMs, report, signal }: Errand): Promise<RemoteOutcome> {
  const deadline = new Deadline(timeoutMs, signal);
  try {
    await report.launched();
    const checked = await ending(checkedAddresses(places, host, port), deadline.signal);
    if (checked.kind === 'refused') return await report.failed(checked.reason);
    const address = await reach({ host: bareHost(host), port, addresses: checked.addresses, signal: deadline.signal });
    await report.line('stderr', `connected to ${address}`);
    return { kind: 'exited', exitCode: 0 };
  } catch (error) {
    if (report.hasFailed) throw error;
    if (deadline.stopped !== null) return { kind: deadline.stopped };
    return report.failed(`${host}:${port} could not be reached: ${reasonOf(error)}`);
  } finally {
    deadline.clear();
  }
}

interface Reach {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
}

function reach({ host, port, addresses, signal }: Reach): Promise<string> {
  return new Promise((settle, fail) => {
    const socket = connect({ host, port, lookup: lookupOf(addresses), signal });
    socket.once('connect', () => {
      settle(`${socket.remoteAddress ?? host} port ${port}`);
      socket.destroy();
    });
    socket.on('error', fail);
  });
}
