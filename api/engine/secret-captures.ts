// Secret values that an attempt prints itself: found in its output before any of that is stored, and sealed before they go into the journal.
import type { RemoteOutcome, Seals } from '../application/ports.ts';
import type { CommandStep } from '../domain/drill/command-step.ts';
import type { AttemptRef } from '../domain/drill/journal.ts';
import { judge, type CommandResult } from '../domain/drill/judge.ts';
import type { Capture } from '../domain/runbook/runbook.ts';
import { ended, type AttemptEnded } from './conclude.ts';
import type { Stream } from './output-recorder.ts';
import type { SecretMask } from './secret-mask.ts';

export interface Printed {
  readonly ref: AttemptRef;
  readonly step: CommandStep;
  readonly stdout: string;
  readonly stderr: string;
  readonly known: SecretMask;
  readonly seals: Seals;
}

export interface Kept {
  /** Of what was known before and what was found. */
  readonly mask: SecretMask;
  /** Streams in which a secret value was to be found and was not: it may be there all the same. */
  readonly withheld: ReadonlySet<Stream>;
  /** The end with its secret values sealed; a failure when one would be kept in the clear under another name. */
  readonly seal: (end: AttemptEnded) => AttemptEnded;
}

/** Also of an attempt that failed or was cut off: what it printed by then is stored, too. */
export function keepSecrets(outcome: RemoteOutcome, printed: Printed): Kept {
  const { ref, step, known } = printed;
  const secrets = ref.isUndo ? [] : step.captures.filter(({ isSecret }) => isSecret === true);
  const found = secrets.map((capture) => ({ capture, value: valueOf(capture, resultOf(outcome, printed)) }));
  const mask = known.and(found.flatMap(({ value }) => value ?? []));
  const withheld = new Set(found.flatMap(({ capture, value }) => (value === null ? (streamOf(capture) ?? []) : [])));
  return { mask, withheld, seal: (end) => seal(end, { ...printed, secrets, mask }) };
}

/** As if all were as expected: whether it is has no bearing on what is secret. */
function resultOf(outcome: RemoteOutcome, { stdout, stderr }: Printed): CommandResult {
  return { exitCode: 0, stdout, stderr, ...(outcome.kind === 'exited' && outcome.response !== undefined ? { response: outcome.response } : {}) };
}

function valueOf(capture: Capture, result: CommandResult): string | null {
  const status = result.response?.status;
  const anything = { exitCodes: [0], stdout: null, stderr: null, ...(status === undefined ? {} : { statuses: [status] }) };
  const { reason, captured } = judge(anything, [capture], result);
  return reason === null ? (captured[capture.name] ?? null) : null;
}

function streamOf({ from }: Capture): Stream | null {
  if (from === 'header') return null;
  return from === 'json' ? 'stdout' : from;
}

interface Sealing extends Printed {
  readonly secrets: readonly Capture[];
  readonly mask: SecretMask;
}

function seal(end: AttemptEnded, { ref, secrets, mask, seals }: Sealing): AttemptEnded {
  const isSecret = new Set(secrets.map(({ name }) => name));
  const entries = Object.entries(end.captured);
  const open = entries.find(([name, value]) => !isSecret.has(name) && mask.isIn(value));
  if (open !== undefined) {
    const reason = `The value "${open[0]}" holds a secret value, and would be kept in the clear. Write secret: true at its capture.`;
    return ended(ref, 'failed', { exitCode: end.exitCode, reason });
  }
  return { ...end, captured: Object.fromEntries(entries.map(([name, value]) => [name, isSecret.has(name) ? seals.seal(value) : value])) };
}
