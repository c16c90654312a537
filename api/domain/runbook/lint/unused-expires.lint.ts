// A backstop is arranged by the command that it belongs to.
import type { LintRule } from './lint-rule.ts';

export const unusedExpires: LintRule = {
  code: 'unused-expires',
  weight: 'warning',
  title: 'A backstop that the command does not arrange',
  why: '`expires` reverts nothing by itself: the command sees the time as `$expires` in seconds and must arrange it, by a timer on the host for example. One that does not use it promises what does not happen. Requests are not looked at: their server keeps the time.',
  remedy: 'Use `$expires` in the command.',
  bad: `steps:
  - id: silence
    title: Alerts are silenced
    run: amtool silence add --duration=2h site=munich
    on: db
    undo: { run: amtool silence expire drill, always: true }
    expires: 2h
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
  check({ commands }) {
    return commands.flatMap(({ use, at, variables }) => {
      const step = at?.step;
      if (use !== 'step' || at === null || step?.kind !== 'run' || step.expiresMs === undefined || variables.has('expires')) return [];
      return [
        {
          path: [...at.path, 'expires'],
          at: 'key' as const,
          message: `${at.by} has \`expires\`, and its command does not use \`$expires\`.`,
          remedy: 'Let the command arrange that the host reverts by itself after `$expires` seconds.',
        },
      ];
    });
  },
};
