// The examples of the lint rules: the bad one has the finding, the good one has nothing, and a fix takes the finding away.
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../api/domain/errors.ts';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { exampleRunbook } from '../../../../api/domain/runbook/lint/example-runbook.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { NO_SCRIPTS, sentence } from './written-runbook.ts';

function linted(text: string): readonly Problem[] {
  const { runbook, places, problems } = parseRunbook(text, 'runbook.yaml', NO_SCRIPTS);
  if (runbook === null) throw new Error(`${problems.map(sentence).join('\n')}\n${text}`);
  return lintRunbook(runbook, places);
}

describe.each(ALL_LINT_RULES.map((rule) => [rule.code, rule] as const))('the example of %s', (code, rule) => {
  it('has the finding where it is bad, and no other', () => {
    expect([...new Set(linted(exampleRunbook(rule.bad)).map((problem) => problem.code))]).toEqual([code]);
  });

  it('has nothing to be found where it is good', () => {
    expect(linted(exampleRunbook(rule.good)).map(sentence)).toEqual([]);
  });

  it('explains itself in whole sentences', () => {
    expect(rule.title).toMatch(/^[A-Za-z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z`][\s\S]+\.$/);
    expect(rule.remedy).toMatch(/^[A-Z`].+\.$/);
  });
});
