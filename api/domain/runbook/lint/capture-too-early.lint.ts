// A captured value is used only after the step that captures it.
import { ancestorsOf } from '../step-order.ts';
import { stepsAt, usesVariable } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

export const captureTooEarly: LintRule = {
  code: 'capture-too-early',
  why: 'Where nothing makes a step wait for the value it uses, the variable is not set, and `sh -u` fails.',
  check(runbook) {
    const captures = runbook.steps.flatMap((step) => ('captures' in step ? step.captures.map(({ name }) => ({ name, id: step.id })) : []));
    if (captures.length === 0) return [];
    return stepsAt(runbook).flatMap(({ step, path }) => {
      if (!('command' in step)) return [];
      const before = ancestorsOf(runbook.steps, step.id);
      return captures
        .filter(({ name, id }) => !before.has(id) && usesVariable(step.command, name))
        .map(({ name, id }) => ({
          path: [...path, step.kind],
          message: `Step \`${step.id}\` uses \`${name}\` and does not wait for \`${id}\`, which captures it.`,
          remedy: `Make it need \`${id}\`.`,
        }));
    });
  },
};
