// docs/lint.md: what each rule of the lint finds, why it is told, and what to do.
import type { LintRule } from '../lint/lint-rule.ts';

/** The whole page, in the order of the rules. */
export function lintPage(rules: readonly LintRule[]): string {
  return [INTRODUCTION, contents(rules), ...rules.map(section)].join('\n\n').concat('\n');
}

const INTRODUCTION = `# Lint

<!-- Made from the rules in api/domain/runbook/lint by \`vitest run --project api test/api/domain/runbook/reference-pages.test.ts -u\`. -->

\`muster lint\` and the editor tell what is allowed in a runbook and rarely meant. Nothing of it keeps a runbook from being approved or run. A
**warning** is mostly a mistake, **advice** is worth a thought. Errors, such as an unknown key or a circle, are another matter: they tell themselves
what to do.

Where a change is safe there is a fix, a button in the editor. The examples leave out what has nothing to do with the rule.`;

function contents(rules: readonly LintRule[]): string {
  const rows = rules.map(({ code, title, weight }) => `| [\`${code}\`](#${code}) | ${title} | ${weight} |`);
  return ['| code | what it finds | weight |', '| --- | --- | --- |', ...rows].join('\n');
}

function section({ code, title, why, remedy, bad, good }: LintRule): string {
  return [`## ${code}`, `**${title}.** ${why}`, remedy, 'So it is found:', fenced(bad), 'So it is not:', fenced(good)].join('\n\n');
}

function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
