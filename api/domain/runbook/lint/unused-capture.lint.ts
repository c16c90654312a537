// A captured value is used somewhere.
import { commandsOf, stepsAt, usesVariable } from './lint-rule.ts';
import type { LintRule } from './lint-rule.ts';

export const unusedCapture: LintRule = {
  code: 'unused-capture',
  why: 'A value that nothing uses is mostly a name that is mistyped where it should be used.',
  check(runbook) {
    const commands = commandsOf(runbook).map(({ command }) => command);
    return stepsAt(runbook).flatMap(({ step, path }) =>
      ('captures' in step ? step.captures : [])
        .filter(({ name }) => !commands.some((command) => usesVariable(command, name)))
        .map(({ name }) => ({
          path: [...path, 'capture', name],
          at: 'key' as const,
          message: `No command uses \`${name}\`, which step \`${step.id}\` captures.`,
          remedy: `Use it as "$${name}", or remove it.`,
        })),
    );
  },
};
