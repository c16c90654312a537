// `run`: shell text on each host of a target. An action, unless it says that it is read-only.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part } from '../json-schema.ts';
import { COMMAND_KEYS, capturesOf, expectationOf, optionalDurationMs } from './command-keys.ts';
import { onFailureOf, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';
import { EXPIRES, IDEMPOTENT, POINT_OF_NO_RETURN, READ_ONLY, UNDO, actionRetry, revertOf, undoCommands } from './revert-keys.ts';
import { SHELL_KEYS, SPREAD_KEYS, shellOf, spreadOf } from './spread-keys.ts';

/** Long enough for a service to stop or a database to change its role; what takes longer says so. */
const DEFAULT_TIMEOUT_MS = 10 * 60_000;

export const runKind: StepKindDefinition = {
  kind: 'run',
  summary: 'Runs shell text on each host of `on`, fed to `sh -eu`.',
  properties: {
    run: part('command', 'Shell text, or `{script: file}` for a file beside the runbook. Values reach it as variables: `"$change"`.'),
    ...SPREAD_KEYS,
    ...SHELL_KEYS,
    ...COMMAND_KEYS,
    timeout: part('positiveDuration', 'Longest time for each host and attempt; unless given the default of the runbook, then 10m.'),
    undo: UNDO,
    expires: EXPIRES,
    readOnly: READ_ONLY,
    idempotent: IDEMPOTENT,
    pointOfNoReturn: POINT_OF_NO_RETURN,
  },
  on: 'required',
  commands(raw: RawBody): readonly RawCommandAt[] {
    return [{ path: ['run'], command: present(raw.run, 'run') }, ...undoCommands(raw.undo)];
  },
  build(raw: RawBody, context: BuildContext): Step {
    const isReadOnly = raw.readOnly ?? false;
    const isIdempotent = isReadOnly || (raw.idempotent ?? false);
    return {
      ...context.common,
      kind: 'run',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaults.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: actionRetry(raw, isIdempotent, context),
      ...spreadOf(raw, context),
      ...shellOf(raw, context),
      command: context.textOf(present(raw.run, 'run')),
      expect: expectationOf(raw.expect),
      captures: capturesOf(raw.capture),
      isReadOnly,
      isIdempotent,
      ...revertOf(raw, context),
    };
  },
};
