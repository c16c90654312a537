// The one error of the SSH adapter: the stage at which a connection failed, and what to do about it.
import type { SshStage } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';

/** Thrown only while it is certain that no command was handed over. */
export class SshError extends Error {
  readonly code: SshStage;
  /** Fingerprint that the host offered, when it came to that. */
  readonly offeredKey: string | null;

  constructor(code: SshStage, message: string, more: { readonly cause?: unknown; readonly offeredKey?: string | null } = {}) {
    super(message, { cause: more.cause });
    this.name = 'SshError';
    this.code = code;
    this.offeredKey = more.offeredKey ?? null;
  }
}

/** The sentence for a failure at this stage. `detail` is what the system or the server said. */
export function failureAt(stage: SshStage, host: PlanHost, detail: string): string {
  const place = `${host.address}:${host.port}`;
  switch (stage) {
    case 'dns':
      return `The name ${host.address} of host ${host.key} could not be resolved (${detail}). Check the address of the host, or the name server.`;
    case 'tcp':
      return `Host ${host.key} could not be reached at ${place} (${detail}). Check that it is up and that the port is open to this machine.`;
    case 'key-exchange':
      return `Host ${host.key} answered at ${place}, but the SSH handshake failed (${detail}). Check that an SSH server of today listens there.`;
    case 'host-key':
      return detail;
    case 'authentication':
      return `Host ${host.key} did not let user ${host.user} in with Muster's key (${detail}). Add the public key to that user's authorized_keys.`;
    case 'channel':
      return `Host ${host.key} let ${host.user} in, but started no command (${detail}). Check the user's shell and the server's MaxSessions.`;
  }
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
