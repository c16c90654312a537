// What is silenced, locked or cut lets go by itself when nobody is left to take it back.
import type { LintRule } from './lint-rule.ts';
import { pairedSteps } from './pairs.ts';

export const pairWithoutExpires: LintRule = {
  code: 'pair-without-expires',
  weight: 'advice',
  title: 'Paired steps without a backstop',
  why: `When the machine that runs the drill is gone, nobody runs the undo. With \`expires: 2h\` the command sees \`$expires\` in seconds and arranges that
the silence, the lock or the short TTL ends by itself. There is no fix, because the command has to do it.`,
  remedy: 'Add `expires:`, and use `$expires` in the command.',
  bad: `steps:
  - id: silence
    title: Alerts are silenced
    run: amtool silence add site=munich
    on: db
    undo: { run: amtool silence expire drill, always: true }
    timeout: 1m
    estimate: 5s`,
  good: `steps:
  - id: silence
    title: Alerts are silenced
    run: amtool silence add --duration="\${expires}s" site=munich
    on: db
    undo: { run: amtool silence expire drill, always: true }
    expires: 2h
    timeout: 1m
    estimate: 5s`,
  check(subject) {
    return pairedSteps(subject)
      .filter(({ step, isVariant }) => !isVariant && step.expiresMs === undefined)
      .map(({ path, by, does }) => ({
        path: [...path, 'id'],
        message: `${by} ${does}, and that does not end by itself when nobody is left to take it back.`,
        remedy: 'Add `expires:`, and use `$expires` in the command.',
      }));
  },
};
