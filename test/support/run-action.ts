// Performs one action of the app's own machine and gathers what came of it.
import type { OwnMachine } from '../../api/application/ports.ts';
import { readAllowedPlaces } from '../../api/own-machine/allowed-places.ts';
import { createOwnMachine, type OwnMachineOptions } from '../../api/own-machine/own-machine.ts';
import type { Action, HttpAction } from '../../api/domain/runbook/runbook.ts';
import { gatherFrom, type Gathered, type RunOptions } from './remote-run.ts';

/** `allow` as MUSTER_HTTP_ALLOW has it; this machine by default, where the tests' servers are. */
export function ownMachine({
  allow = '127.0.0.1,localhost,[::1]',
  ...more
}: Partial<OwnMachineOptions> & { readonly allow?: string } = {}): OwnMachine {
  const read = readAllowedPlaces(allow);
  if ('wrong' in read) throw new Error(`no place: ${read.wrong}`);
  return createOwnMachine({ places: read.places, isLocalAllowed: true, post: () => Promise.resolve(null), ...more });
}

export function act(machine: OwnMachine, action: Action, options: RunOptions = {}): Promise<Gathered> {
  return gatherFrom((sink, signal) => machine.act(action, options.timeoutMs ?? 5_000, sink, signal), options);
}

export function http(url: string, change: Partial<HttpAction> = {}): HttpAction {
  return { type: 'http', method: 'GET', url, headers: {}, body: null, bodyType: 'text', ...change };
}
