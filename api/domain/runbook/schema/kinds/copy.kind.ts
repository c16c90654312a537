// `copy`: a file beside the runbook onto hosts, or a file of a host into the drill's evidence.
import type { RawBody, RawCopy } from '../../raw-runbook.ts';
import type { CopyAction, Step } from '../../runbook.ts';
import { objectOf, part } from '../json-schema.ts';
import { REPEAT_KEYS, expectationOf, optionalDurationMs } from './command-keys.ts';
import { onFailureOf, present } from './kind.ts';
import type { BuildContext, RawCommandAt, StepKindDefinition } from './kind.ts';
import { IDEMPOTENT, POINT_OF_NO_RETURN, UNDO, actionRetry, revertOf, undoCommands } from './revert-keys.ts';
import { SPREAD_KEYS, spreadOf } from './spread-keys.ts';

/** A runbook's files are small; what a host gives may be a log over a slow line. */
const DEFAULT_TIMEOUT_MS = 5 * 60_000;

export const copyKind: StepKindDefinition = {
  kind: 'copy',
  summary: 'Copies a file beside the runbook to each host of `on`, or a file of a host into the drill’s evidence, with its checksum.',
  properties: {
    copy: {
      ...objectOf({
        file: part('scriptFile', 'File beside the runbook; it may be text only.'),
        to: part('absolutePath', 'Where it goes, whole path with name; `${name}` stands for a value. Goes with `file`.'),
        mode: {
          type: 'string',
          pattern: '^0?[0-7]{3}$',
          description: 'Access rights, such as `0644`, in quotes; those of the host unless given.',
          examples: ['0644', '0755'],
          'x-problem': 'is not a set of access rights',
          'x-remedy': "Write three octal digits in quotes: '0644'.",
        },
        from: part('absolutePath', 'File of the host that is kept as evidence; `${name}` stands for a value. Read-only.'),
      }),
      oneOf: [
        { type: 'object', required: ['file'] },
        { type: 'object', required: ['from'] },
      ],
      dependentRequired: { file: ['to'], to: ['file'], mode: ['file'] },
      description: '`file` and `to` for a file that goes to hosts, or `from` for one that is kept as evidence.',
      examples: [{ file: 'ledger.conf', to: '/etc/ledger/ledger.conf', mode: '0644' }, { from: '/var/log/ledger.log' }],
    },
    ...SPREAD_KEYS,
    ...REPEAT_KEYS,
    timeout: part('positiveDuration', 'Longest time for each host and attempt; unless given the default of the runbook, then 5m.'),
    undo: UNDO,
    idempotent: {
      ...IDEMPOTENT,
      default: true,
      description: 'true unless given: the same bytes at the same place. false makes it wait for a person after a crash.',
    },
    pointOfNoReturn: POINT_OF_NO_RETURN,
  },
  on: 'required',
  commands(raw: RawBody): readonly RawCommandAt[] {
    return undoCommands(raw.undo);
  },
  build(raw: RawBody, context: BuildContext): Step {
    const copy = copyOf(present(raw.copy, 'copy'), context);
    const isReadOnly = copy.type === 'copy-from';
    const isIdempotent = isReadOnly || (raw.idempotent ?? true);
    return {
      ...context.common,
      kind: 'copy',
      onFailure: onFailureOf(context),
      timeoutMs: optionalDurationMs(raw.timeout) ?? context.defaults.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      retry: actionRetry(raw, isIdempotent, context),
      ...spreadOf(raw, context),
      copy,
      expect: expectationOf(undefined),
      captures: [],
      isReadOnly,
      isIdempotent,
      ...revertOf(raw, context),
    };
  },
};

function copyOf({ file, to, mode, from }: RawCopy, context: BuildContext): CopyAction {
  if (from !== undefined) return { type: 'copy-from', from };
  const name = present(file, 'file');
  return { type: 'copy-to', file: name, content: context.fileOf(name), to: present(to, 'to'), fileMode: mode ?? null };
}
