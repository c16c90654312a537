// A wait says when it gives up.
import { durationText } from './fix/duration-text.ts';
import { addKey, fixOf } from './fix/edit-yaml.ts';
import type { LintRule } from './lint-rule.ts';

export const waitWithoutBound: LintRule = {
  code: 'wait-without-bound',
  weight: 'warning',
  title: 'A wait that does not say when it gives up',
  why: 'A wait without `timeout` or `attempts` gives up after ten minutes, which may be the whole recovery time. A timeout in `defaults` counts.',
  remedy: 'Add `timeout:` to the wait, as long as the recovery may be held up there. The fix writes down what holds already.',
  bad: `steps:
  - id: open-writes
    title: The standby takes writes
    wait: { run: pg_isready, every: 1s }
    on: db`,
  good: `steps:
  - id: open-writes
    title: The standby takes writes
    wait: { run: pg_isready, every: 1s, timeout: 1m }
    on: db`,
  check({ steps, places }) {
    if (places.of(['defaults', 'timeout']) !== null) return [];
    return steps.flatMap(({ step, path, by }) => {
      if (step.kind !== 'wait' || step.attempts !== undefined) return [];
      if (
        [
          [...path, 'timeout'],
          [...path, 'wait', 'timeout'],
        ].some((place) => places.of(place) !== null)
      )
        return [];
      const value = durationText(step.timeoutMs);
      const after = ['every', 'stable', 'steady', 'run', 'script', 'tcp', 'http', 'dns'];
      return [
        {
          path: [...path, 'wait'],
          at: 'key' as const,
          message: `${by} does not say when it gives up.`,
          remedy: 'Add `timeout:` or `attempts:` to the wait.',
          ...fixOf(`Add \`timeout: ${value}\`, which holds now`, addKey(places, [...path, 'wait'], { key: 'timeout', value, after })),
        },
      ];
    });
  },
};
