// An input is used somewhere.
import type { LintRule } from './lint-rule.ts';
import { usesIn } from './parts/uses.ts';

export const unusedInput: LintRule = {
  code: 'unused-input',
  weight: 'advice',
  title: 'An input that nothing uses',
  why: `People are asked for it at every start. An input that is only there to be recorded, such as the number of a change ticket, can be named in
the instruction of a \`confirm\` or the message of a \`notify\`.`,
  remedy: 'Use it, or remove it.',
  bad: `inputs:
  site: { type: string, default: munich, ask: Which site? }
steps:
  - id: ready
    title: The database is there
    check: pg_isready
    on: db`,
  good: `inputs:
  site: { type: string, default: munich, ask: Which site? }
steps:
  - id: ready
    title: The database is there
    check: site-ready "$site"
    on: db`,
  check(subject) {
    const used = new Set(usesIn(subject).map(({ name }) => name));
    return subject.runbook.inputs
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => ({
        path: ['inputs', name],
        at: 'key',
        message: `Nothing uses the input \`${name}\`.`,
        remedy: `Use it as "$${name}" in a command or \`\${${name}}\` in another text, or remove it.`,
      }));
  },
};
