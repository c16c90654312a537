// What a step kind is: the piece of the language that one file in this folder defines.
import type { JsonSchema } from '../json-schema.ts';
import type { RawBody, RawCommand, RawCommandBody } from '../../raw-runbook.ts';
import type { OnFailure, Retry, Step, StepCommon, StepKind } from '../../runbook.ts';

export interface StepKindDefinition {
  /** Also the key that makes a step one of this kind. */
  readonly kind: StepKind;
  /** A sentence for the documentation. */
  readonly summary: string;
  /** Keys beside those that every step has, the kind's own first; one that every step has is replaced. */
  readonly properties: Readonly<Record<string, JsonSchema>>;
  /** Whether a step names its target: always, when it runs a command, or never. */
  readonly on: 'required' | 'with-command' | 'none';
  /** Of the keys that every step has, the ones that make no sense here. */
  readonly without?: readonly string[];
  /** The shell text that the step would run, with the path it is written at; for checks before the step is built. */
  commands(raw: RawBody): readonly RawCommandAt[];
  build(raw: RawBody, context: BuildContext): Step;
}

export interface RawCommandAt {
  readonly path: readonly string[];
  readonly command: RawCommand;
}

/** What a kind needs from the rest of the document to build a step. */
export interface BuildContext {
  /** What steps of every kind have in common; timeout, retry and what a failure does are for the kind to decide. */
  readonly common: Omit<StepCommon, 'timeoutMs' | 'retry' | 'onFailure'>;
  /** As the step says; null when it says nothing. */
  readonly onFailure: OnFailure | null;
  readonly defaults: BuildDefaults;
  /** The shell text, a script read. */
  textOf(command: RawCommand): string;
  /** The text of a file beside the runbook. */
  fileOf(name: string): string;
}

/** `defaults`; null where there is none. */
export interface BuildDefaults {
  readonly timeoutMs: number | null;
  readonly retry: Retry | null;
  readonly onFailure: OnFailure | null;
  readonly user: string | null;
  readonly become: string | null;
}

/** One attempt: what a step does that says nothing about repetition. */
export const NO_RETRY: Retry = { attempts: 1, everyMs: 0, backoff: 1 };

/** What a failure does, for kinds that have no opinion of their own. */
export function onFailureOf({ onFailure, defaults }: BuildContext): OnFailure {
  return onFailure ?? defaults.onFailure ?? 'stop';
}

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
