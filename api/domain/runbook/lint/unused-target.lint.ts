// A target is used somewhere.
import type { LintRule } from './lint-rule.ts';

export const unusedTarget: LintRule = {
  code: 'unused-target',
  why: 'A target that no step runs on is left over, or a step runs on the wrong one.',
  check(runbook) {
    const { canary } = runbook;
    const used = new Set([
      ...runbook.steps.flatMap((step) => ('on' in step ? step.on : [])),
      ...(canary === null ? [] : [canary.write.on, canary.read.on]),
    ]);
    return runbook.targets
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => ({
        path: ['targets', name],
        at: 'key',
        message: `Nothing runs on the target \`${name}\`.`,
        remedy: 'Remove it, or use it in `on`.',
      }));
  },
};
