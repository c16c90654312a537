// The one error of the SSH adapter: the host and the stage at which a connection failed, and what to do about it.
import type { SshStage } from '../application/ports.ts';
import type { PlanHost } from '../domain/drill/plan.ts';

export interface SshErrorFacts {
  readonly cause?: unknown;
  /** Fingerprint that the host offered, when it came to that. */
  readonly offeredKey?: string | null;
  /** Key of the jump host that it failed at; null when it was the host itself. */
  readonly hop?: string | null;
  /** The message without the way; the same as the message unless given. */
  readonly sentence?: string;
}

/** Thrown only while it is certain that no command was handed over. */
export class SshError extends Error {
  override readonly name = 'SshError';
  readonly code: SshStage;
  readonly offeredKey: string | null;
  readonly hop: string | null;
  readonly sentence: string;

  constructor(code: SshStage, message: string, facts: SshErrorFacts = {}) {
    super(message, { cause: facts.cause });
    this.code = code;
    this.offeredKey = facts.offeredKey ?? null;
    this.hop = facts.hop ?? null;
    this.sentence = facts.sentence ?? message;
  }
}

/** The failure of a jump host, as it is told to whoever wanted to go on to `host`. */
export function failureOnTheWay(host: PlanHost, { code, cause, offeredKey, hop, sentence }: SshError): SshError {
  const facts = { cause, offeredKey, hop: hop ?? host.via?.at(-1)?.key ?? null, sentence };
  return new SshError(code, `On the way to ${host.key}: ${sentence}`, facts);
}

/** The sentence for a failure at this stage. `detail` is what the system or the server said. */
export function failureAt(stage: SshStage, host: PlanHost, detail: string): string {
  const place = `${host.address}:${host.port}`;
  const from = host.via?.at(-1)?.key;
  switch (stage) {
    case 'dns':
      return `The name ${host.address} of host ${host.key} could not be resolved${from === undefined ? '' : ` on ${from}`} (${detail}). Check the address of the host, or the name server.`;
    case 'tcp':
      return `Host ${host.key} could not be reached at ${place} (${detail}). Check that it is up and that the port is open to ${from ?? 'this machine'}.`;
    case 'key-exchange':
      return `Host ${host.key} answered at ${place}, but the SSH handshake failed (${detail}). Check that an SSH server of today listens there.`;
    case 'host-key':
      return detail;
    case 'authentication':
      return notSignedIn(host, detail);
    case 'channel':
      return `Host ${host.key} let ${host.user} in, but started no command (${detail}). Check the user's shell and the server's MaxSessions.`;
  }
}

/** The sentence for a link that broke while the host was about to say whether it lets Muster in. */
export function brokenAt({ key, address, port }: PlanHost, detail: string): string {
  return `The connection to host ${key} at ${address}:${port} broke while Muster signed in (${detail}). Check the network to it, and the log of its SSH server.`;
}

function notSignedIn({ key, user, credential }: PlanHost, detail: string): string {
  return credential === undefined
    ? `Host ${key} did not let user ${user} in with Muster's key (${detail}). Add the public key to that user's authorized_keys.`
    : `Host ${key} did not let user ${user} in with the credential ${credential} (${detail}). Check the user, and that the host accepts this credential.`;
}

export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
