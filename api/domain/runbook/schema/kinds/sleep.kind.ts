// `sleep`: the drill waits for a fixed time.
import type { RawStep } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { part } from '../json-schema.ts';
import { durationMs } from './command-keys.ts';
import { NO_RETRY, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

export const sleepKind: StepKindDefinition = {
  kind: 'sleep',
  summary: 'Waits for a fixed time.',
  properties: { sleep: part('positiveDuration', 'How long.') },
  required: [],
  commands: () => [],
  build(raw: RawStep, context: BuildContext): Step {
    const ms = durationMs(present(raw.sleep, 'sleep'));
    // It cannot take longer than it lasts; the timeout is there for the shape that all steps share.
    return { ...context.common, kind: 'sleep', timeoutMs: ms, retry: NO_RETRY, durationMs: ms };
  },
};
