// Fixes: each takes its finding away, leaves comments alone, and changes nothing of the meaning but what it says.
import { describe, expect, it } from 'vitest';
import type { Problem, TextPoint } from '../../../../api/domain/errors.ts';
import { ALL_LINT_RULES } from '../../../../api/domain/runbook/lint/all-lint-rules.ts';
import { exampleRunbook } from '../../../../api/domain/runbook/lint/example-runbook.ts';
import { applyFix } from '../../../../api/domain/runbook/lint/fix/apply-fix.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import type { Runbook } from '../../../../api/domain/runbook/runbook.ts';
import { NO_SCRIPTS, sentence } from './written-runbook.ts';

function checked(text: string): { readonly runbook: Runbook | null; readonly problems: readonly Problem[] } {
  const { runbook, places, problems } = parseRunbook(text, 'runbook.yaml', NO_SCRIPTS);
  return { runbook, problems: runbook === null ? problems : lintRunbook(runbook, places) };
}

/** The text after all fixes, one after the other. */
function mended(text: string): string {
  const fix = checked(text).problems.find((problem) => problem.fix !== undefined)?.fix;
  return fix === undefined ? text : mended(applyFix(text, fix));
}

function meaning(text: string): Runbook {
  const { runbook, problems } = checked(text);
  if (runbook === null) throw new Error(`${problems.map(sentence).join('\n')}\n${text}`);
  return runbook;
}

/** What is different in the two, as the dotted names of what was added, changed or is gone. */
function differences(before: unknown, after: unknown, at = ''): readonly string[] {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return before === after ? [] : [at];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(Reflect.get(before, key), Reflect.get(after, key), at === '' ? key : `${at}.${key}`));
}

/** The rules that have fixes, and what a fix of their bad example changes in the meaning. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  // They write down what holds already.
  'action-without-timeout': [],
  'wait-without-bound': [],
  'action-without-estimate': ['steps.0.estimateMs'],
  'pair-without-always': ['steps.0.isUndoAlways'],
  'unused-target': ['targets.0', 'targets.1'],
  'unmarked-secret': ['inputs.0.isSecret'],
  'missing-review': ['review'],
};

describe('the fixes of the lint rules', () => {
  it.each(ALL_LINT_RULES.map((rule) => [rule.code, rule] as const))('of %s take the finding away and change only what they mean', (code, rule) => {
    const bad = exampleRunbook(rule.bad);
    const good = mended(bad);
    expect(good !== bad).toBe(Object.hasOwn(CHANGES, code));
    if (good === bad) return;
    expect(checked(good).problems.map(sentence)).toEqual([]);
    const expected = CHANGES[code] ?? [];
    const found = differences(meaning(bad), meaning(good));
    expect(found.filter((name) => !expected.some((begin) => name.startsWith(begin)))).toEqual([]);
    expect(revisionHash(meaning(good)) === revisionHash(meaning(bad))).toBe(expected.length === 0);
  });

  it.each(ALL_LINT_RULES.filter(({ code }) => Object.hasOwn(CHANGES, code)).map((rule) => [rule.code, rule] as const))(
    'of %s leave every comment where it is, and line ends as they are',
    (_, rule) => {
      const lines = exampleRunbook(rule.bad).split('\n');
      const commented = lines.flatMap((line, index) =>
        line === '' ? [line] : [`${line.match(/^ */)?.[0] ?? ''}# before ${index}`, `${line} # beside ${index}`],
      );
      const text = commented.join('\r\n');
      const good = mended(text);
      // A target that is removed would take its own comment along: then there is no fix.
      expect(good.match(/# be\w+ \d+/g)).toEqual(text.match(/# be\w+ \d+/g));
      expect(good.replaceAll('\r\n', '')).not.toContain('\n');
    },
  );

  it.each([
    ['a key', 'estimat: 5s', 'estimate: 5s'],
    ['a word in quotes', "phase: 'prepar'", 'phase: prepare'],
    ['the name of a step', 'needs: [reaby]', 'needs: [ready]'],
    ['a target', 'on: dbx', 'on: db'],
  ])('put in the word that was probably meant: %s', (_, wrong, right) => {
    const other = wrong.startsWith('on:') ? '' : '\n    on: db';
    const text = exampleRunbook(
      `steps:\n  - id: ready\n    title: Ready\n    check: 'true'\n    on: db\n  - id: next\n    title: Next\n    ${wrong} # why\n    check: 'true'${other}`,
    );
    const [problem] = checked(text).problems;
    expect(problem?.severity).toBe('error');
    expect(mended(text)).toBe(text.replace(wrong, right));
    expect(checked(mended(text)).problems).toEqual([]);
  });

  it('leave a longer text alone in which one word is wrong', () => {
    const text = exampleRunbook('inputs:\n  host: { type: string }\nsteps:\n  - id: ready\n    title: Ready\n    check: { tcp: "${hostt}:80" }');
    const [problem] = checked(text).problems;
    expect(problem).toMatchObject({ remedy: 'Did you mean `host`?' });
    expect(problem).not.toHaveProperty('fix');
  });

  it('work in braces too', () => {
    const text = exampleRunbook(
      'targets: { db: { host: db-1 } }\nclocks: { recovery: { to: stop } }\nsteps:\n  - { id: stop, title: Stop, run: stop it, on: db, undo: start it, estimate: 5s } # all of it',
    );
    expect(mended(text)).toBe(text.replace('estimate: 5s', 'estimate: 5s, timeout: 10m'));
  });
});

function point(line: number, column: number): TextPoint {
  return { line, column };
}

describe('applyFix', () => {
  it('makes all edits of the text before, in any order', () => {
    const edits = [
      { from: point(1, 1), to: point(1, 2), newText: 'X' },
      { from: point(2, 2), to: point(2, 2), newText: '\nY' },
    ];
    expect(applyFix('ab\ncd\n', { edits })).toBe('Xb\nc\nYd\n');
    expect(applyFix('ab\r\ncd\r\n', { edits: edits.toReversed() })).toBe('Xb\r\nc\r\nYd\r\n');
  });

  it('takes a point behind the end of a line or the text as that end', () => {
    expect(applyFix('ab\ncd', { edits: [{ from: point(1, 9), to: point(1, 9), newText: '!' }] })).toBe('ab!\ncd');
    expect(applyFix('ab\ncd', { edits: [{ from: point(2, 1), to: point(3, 1), newText: '' }] })).toBe('ab\n');
  });
});
