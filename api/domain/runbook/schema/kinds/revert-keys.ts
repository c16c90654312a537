// The keys of what changes something: how it is reverted, and what may be repeated without asking.
import type { RawBody, RawUndo } from '../../raw-runbook.ts';
import type { Retry, Revert } from '../../runbook.ts';
import { objectOf, part } from '../json-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { COMMAND_PROPERTIES } from '../parts.ts';
import { optionalDurationMs, retryOf } from './command-keys.ts';
import { NO_RETRY } from './kind.ts';
import type { BuildContext, RawCommandAt } from './kind.ts';

const UNDO_STEP = part('key', 'Step that reverts this one; with `always: true` of its own it runs however the drill ends.');

/** Of steps on hosts: a command there, or a step. */
export const UNDO: JsonSchema = {
  ...objectOf({
    ...COMMAND_PROPERTIES,
    step: UNDO_STEP,
    always: { type: 'boolean', default: false, description: 'It runs at the end however the drill ends, if this step has run.' },
  }),
  type: ['string', 'object'],
  minLength: 1,
  oneOf: [{ type: 'string' }, ...['run', 'script', 'step'].map((key) => ({ type: 'object', required: [key] }))],
  description:
    'What reverts this step, on the same hosts: shell text, `{script: file}`, `{run: text, always: true}`, or another step by `{step: id}`.',
  'x-remedy': 'Write shell text, `{run: …}`, `{script: file}` or `{step: id}`.',
};

/** Of steps that the app's own machine does. */
export const UNDO_BY_STEP: JsonSchema = {
  ...objectOf({ step: UNDO_STEP }, ['step']),
  description: 'The step that reverts this one, as `{step: id}`.',
  'x-remedy': 'Write `{step: id}`.',
};

export const READ_ONLY: JsonSchema = {
  type: 'boolean',
  description: 'It changes nothing: it may run in a dry run, and again after a crash. false unless given.',
};

export const IDEMPOTENT: JsonSchema = {
  type: 'boolean',
  description: 'Running it twice is the same as once: it may be repeated without asking. false unless given.',
};

export const POINT_OF_NO_RETURN: JsonSchema = {
  type: 'boolean',
  default: false,
  description: 'From here on undo is not offered, going on is. It waits for a go from a person unless an `approve` came before.',
};

export const EXPIRES: JsonSchema = part(
  'positiveDuration',
  'After this long the remote side reverts by itself, should the app be gone: the command must arrange it, and sees the time as `$expires` in seconds.',
);

export function undoCommands(undo: RawUndo | undefined): readonly RawCommandAt[] {
  if (undo === undefined) return [];
  if (typeof undo === 'string') return [{ path: ['undo'], command: undo }];
  if (undo.script !== undefined) return [{ path: ['undo'], command: { script: undo.script } }];
  return undo.run === undefined ? [] : [{ path: ['undo', 'run'], command: undo.run }];
}

/** What is not written stays absent, so that the hash stays. */
export function revertOf(raw: RawBody, context: BuildContext): Revert {
  const { undo } = raw;
  const expiresMs = optionalDurationMs(raw.expires);
  const written: Exclude<RawUndo, string> = typeof undo === 'object' ? undo : {};
  const [command]: readonly RawCommandAt[] = undoCommands(undo);
  return {
    undo: command === undefined ? null : context.textOf(command.command),
    ...(written.step === undefined ? {} : { undoStep: written.step }),
    ...(written.always === true && written.step === undefined ? { isUndoAlways: true } : {}),
    ...(expiresMs === null ? {} : { expiresMs }),
    isPointOfNoReturn: raw.pointOfNoReturn ?? false,
  };
}

/** Of an action: one that may not run twice does not take a default that would repeat it. */
export function actionRetry(raw: RawBody, mayRepeat: boolean, { defaults }: BuildContext): Retry {
  if (raw.retry !== undefined) return retryOf(raw.retry);
  return (mayRepeat ? defaults.retry : null) ?? NO_RETRY;
}
