// A target is used somewhere.
import { fixOf, removeKey } from './fix/edit-yaml.ts';
import type { LintRule } from './lint-rule.ts';

export const unusedTarget: LintRule = {
  code: 'unused-target',
  weight: 'warning',
  title: 'A target that nothing runs on',
  why: 'A target that no step runs on is left over, or a step runs on the wrong one.',
  remedy: 'Remove it, or use it in `on`.',
  bad: `targets:
  db: { host: db-1 }
  app: { host: app-1 }
steps:
  - id: ready
    title: The database is there
    check: pg_isready
    on: db`,
  good: `targets:
  db: { host: db-1 }
steps:
  - id: ready
    title: The database is there
    check: pg_isready
    on: db`,
  check({ runbook, steps, places }) {
    const { canary } = runbook;
    const used = new Set([
      ...steps.flatMap(({ step }) => ('on' in step ? step.on : [])),
      ...(canary === null ? [] : [canary.write.on, canary.read.on]),
    ]);
    return runbook.targets
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => ({
        path: ['targets', name],
        at: 'key',
        message: `Nothing runs on the target \`${name}\`.`,
        remedy: 'Remove it, or use it in `on`.',
        ...fixOf(`Remove the target \`${name}\``, removeKey(places, ['targets', name])),
      }));
  },
};
