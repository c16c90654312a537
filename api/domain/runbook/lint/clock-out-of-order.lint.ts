// The step that ends a clock comes after the one that starts it.
import { ancestorsOf } from '../step-order.ts';
import type { LintRule } from './lint-rule.ts';

export const clockOutOfOrder: LintRule = {
  code: 'clock-out-of-order',
  why: 'When nothing makes the end of a clock wait for its start, the time it shows says nothing.',
  check(runbook) {
    return runbook.clocks.flatMap(({ name, from, to }) => {
      if (from === null || from === to || ancestorsOf(runbook.steps, to).has(from)) return [];
      const message = `The clock \`${name}\` ends with \`${to}\`, which does not wait for \`${from}\`.`;
      return [{ path: ['clocks', name, 'to'], message, remedy: `Make \`${to}\` need \`${from}\`, directly or by way of other steps.` }];
    });
  },
};
