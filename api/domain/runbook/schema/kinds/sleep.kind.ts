// `sleep`: the drill waits for a fixed time, or for what is left of a time since a step.
import type { RawBody } from '../../raw-runbook.ts';
import type { Step } from '../../runbook.ts';
import { templateNames } from '../../template.ts';
import { objectOf, part } from '../json-schema.ts';
import { durationMs } from './command-keys.ts';
import { NO_RETRY, onFailureOf, present } from './kind.ts';
import type { BuildContext, StepKindDefinition } from './kind.ts';

/** The timeout where the time is known only later; no TTL or cool-down that a drill sleeps through is longer. */
const LONGEST_LATER_MS = 24 * 3_600_000;

export const sleepKind: StepKindDefinition = {
  kind: 'sleep',
  summary: 'Waits for a fixed time, or for the rest of a time since a step.',
  properties: {
    sleep: {
      type: ['string', 'object'],
      if: { type: 'object' },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: objectOf(
        {
          remainderOf: part('laterDuration', 'The whole time: a duration, or `${name}` for a value that holds seconds or a duration.'),
          since: part('key', 'The step at whose end the time began; one that must have ended before this one.'),
        },
        ['remainderOf', 'since'],
      ),
      else: part('positiveDuration'),
      description: 'How long; or `{remainderOf: 10m, since: step}` for what is left of a time since the end of a step.',
      examples: ['30s', { remainderOf: '10m', since: 'cut-ttl' }],
    },
  },
  on: 'none',
  commands: () => [],
  build(raw: RawBody, context: BuildContext): Step {
    const written = present(raw.sleep, 'sleep');
    const common = { ...context.common, kind: 'sleep', onFailure: onFailureOf(context), retry: NO_RETRY } as const;
    // It cannot take longer than it lasts; the timeout is there for the shape that all steps share.
    if (typeof written === 'string') return { ...common, timeoutMs: durationMs(written), durationMs: durationMs(written) };
    const { remainderOf, since } = written;
    const [remainder] = templateNames(remainderOf);
    if (remainder !== undefined) return { ...common, timeoutMs: LONGEST_LATER_MS, durationMs: 0, since, remainder };
    return { ...common, timeoutMs: durationMs(remainderOf), durationMs: durationMs(remainderOf), since };
  },
};
