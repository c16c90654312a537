// The machine that runs the drill: the adapter behind the port of the same name.
import type { OwnMachine, RemoteOutcome } from '../application/ports.ts';
import type { Action } from '../domain/runbook/runbook.ts';
import type { AllowedPlace } from './allowed-places.ts';
import { lookUp } from './dns.ts';
import { sendHttp, type Errand } from './http.ts';
import { runLocally } from './local-shell.ts';
import { Report } from './report.ts';
import { connectTcp } from './tcp.ts';
import { tell, type Post } from './tell.ts';

export interface OwnMachineOptions {
  /** Empty: everything but this machine and its own link. */
  readonly places: readonly AllowedPlace[];
  readonly isLocalAllowed: boolean;
  readonly post: Post;
}

export interface ClosableMachine extends OwnMachine {
  /** Ends what is under way over the network, for a process that is to end. Commands go on. */
  close(): void;
}

export function createOwnMachine({ places, isLocalAllowed, post }: OwnMachineOptions): ClosableMachine {
  const closing = new AbortController();
  return {
    close: () => closing.abort(),
    async act(...[action, timeoutMs, sink, signal]) {
      if (signal.aborted) return { kind: 'cancelled' };
      return act(action, { places, timeoutMs, report: new Report(sink), signal: AbortSignal.any([signal, closing.signal]) }, post);
    },
    async run(command, sink, signal) {
      if (isLocalAllowed) return runLocally(command, sink, signal);
      const message = "This installation runs no commands on the app's own machine. Set MUSTER_LOCAL_COMMANDS=yes to allow them.";
      return { kind: 'not-started', stage: 'channel', message };
    },
  };
}

function act(action: Action, errand: Errand, post: Post): Promise<RemoteOutcome> {
  switch (action.type) {
    case 'http':
      return sendHttp(action, errand);
    case 'tcp':
      return connectTcp(action, errand);
    case 'dns':
      return lookUp(action, errand);
    case 'notify':
      return tell(action, errand, post);
  }
}
