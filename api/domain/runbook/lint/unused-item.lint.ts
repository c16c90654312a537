// A step that goes through a list uses its items.
import type { LintRule } from './lint-rule.ts';

export const unusedItem: LintRule = {
  code: 'unused-item',
  weight: 'warning',
  title: 'A list whose items are not used',
  why: 'A step with `foreach` that does not use the item does the same thing once for each of them.',
  remedy: 'Use `"$item"` in the command or `${item}` in the request, or remove `foreach`.',
  bad: `steps:
  - id: pages
    title: Every page is served
    check: { http: 'https://www.example.com/health' }
    foreach: [health, accounts]`,
  good: `steps:
  - id: pages
    title: Every page is served
    check: { http: 'https://www.example.com/\${item}' }
    foreach: [health, accounts]`,
  check({ steps, commands, templates }) {
    const using = new Set([
      ...commands.filter(({ variables }) => variables.has('item')).map(({ at }) => at?.step),
      ...templates.filter(({ names }) => names.includes('item')).map(({ at }) => at?.step),
    ]);
    return steps
      .filter(({ step }) => 'foreach' in step && step.foreach !== undefined && !using.has(step))
      .map(({ path, by }) => ({
        path: [...path, 'foreach'],
        at: 'key',
        message: `${by} goes through a list and does not use \`item\`.`,
        remedy: 'Use `"$item"` in the command or `${item}` in the request, or remove `foreach`.',
      }));
  },
};
