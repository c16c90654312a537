// Lint rules: what is allowed and rarely meant.
import { describe, expect, it } from 'vitest';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import type { Problem } from '../../../../api/domain/errors.ts';
import { one } from './lint-case.ts';
import { COMMAND_CASES } from './lint-command-cases.ts';
import { MEANING_CASES } from './lint-meaning-cases.ts';
import { LEDGER, ledger, parsed } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const ledgerSteps: readonly unknown[] = Array.isArray(LEDGER['steps']) ? LEDGER['steps'] : [];

/** Only the input that is used, and an approval before the point of no return. */
const WELL_WRITTEN = ledger({
  inputs: { change: { type: 'string' } },
  steps: [...ledgerSteps.slice(0, 2), { id: 'go', title: 'Go or no-go', approve: { role: 'coordinator' } }, ...ledgerSteps.slice(3)],
});

const CASES = [...MEANING_CASES, ...COMMAND_CASES];

function linted(written: Written): readonly Problem[] {
  const { runbook, places, problems } = parsed(written);
  if (runbook === null) throw new Error(JSON.stringify(problems));
  return lintRunbook(runbook, places);
}

describe('lintRunbook', () => {
  it.each(CASES)('says of %s: the codes', (_, written, codes) => {
    expect(linted(written).map(({ code }) => code)).toEqual(codes);
  });

  it('warns and never blocks, at the line and column of what it means', () => {
    const [problem] = linted(one({ timeout: undefined }));
    expect(problem).toMatchObject({
      code: 'action-without-timeout',
      severity: 'warning',
      message: 'Step `one` is an action and has no timeout.',
      remedy: 'Add `timeout:`, or a default for all steps.',
      file: 'runbook.yaml',
      line: 11,
      column: 9,
    });
  });

  it('has nothing to say about a runbook that is well written', () => {
    expect(linted(WELL_WRITTEN).map(({ code }) => code)).toEqual([]);
  });

  it('has a case here for every rule', () => {
    const tested = new Set(CASES.flatMap(([, , codes]) => codes));
    expect(ALL_LINT_RULES.map(({ code }) => code).filter((code) => !tested.has(code))).toEqual([]);
  });
});
