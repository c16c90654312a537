// What a step kind is: the piece of the language that one file in this folder defines.
import type { JsonSchema } from '../json-schema.ts';
import type { RawCommand, RawCommandBody, RawStep } from '../../raw-runbook.ts';
import type { Retry, Step, StepCommon, StepKind } from '../../runbook.ts';

export interface StepKindDefinition {
  /** Also the key that makes a step one of this kind. */
  readonly kind: StepKind;
  /** A sentence for the documentation. */
  readonly summary: string;
  /** Keys beside those that every step has, the kind's own first. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** Of these keys, the ones that must be there. */
  readonly required: readonly string[];
  /** The shell text that the step would run, with the path it is written at; for checks before the step is built. */
  commands(raw: RawStep): readonly RawCommandAt[];
  build(raw: RawStep, context: BuildContext): Step;
}

export interface RawCommandAt {
  readonly path: readonly string[];
  readonly command: RawCommand;
}

/** What a kind needs from the rest of the document to build a step. */
export interface BuildContext {
  /** What steps of every kind have in common; timeout and retry are for the kind to decide. */
  readonly common: Omit<StepCommon, 'timeoutMs' | 'retry'>;
  /** `defaults.timeout` in milliseconds; null when there is none. */
  readonly defaultTimeoutMs: number | null;
  /** `defaults.retry`; null when there is none. */
  readonly defaultRetry: Retry | null;
  /** The shell text, a script read. */
  textOf(command: RawCommand): string;
}

/** One attempt: what a step does that says nothing about repetition. */
export const NO_RETRY: Retry = { attempts: 1, everyMs: 0, backoff: 1 };

/** `run` or `script` of a body, whichever is there, with its path below the kind's key. */
export function bodyCommand(kind: string, body: string | RawCommandBody): RawCommandAt {
  if (typeof body === 'string') return { path: [kind], command: body };
  if (body.script !== undefined) return { path: [kind], command: { script: body.script } };
  return { path: [kind, 'run'], command: body.run ?? '' };
}

/** A definition that gave this kind the wrong step is a bug. */
export function present<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new Error(`\`${key}\` is missing after the schema has asked for it`);
  return value;
}
