// Lint as JUnit XML: a test case for each runbook, which fails when the command would.
import type { Problem } from '../../domain/errors.ts';
import type { CheckedRunbook } from '../check/check-runbooks.ts';
import { isFailing, type LintReport } from './lint-report.ts';

export function lintJunit(report: LintReport): string {
  const failures = report.runbooks.filter(({ problems }) => problems.some((problem) => isFailing(problem, report))).length;
  const counts = `tests="${report.runbooks.length}" failures="${failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="muster lint" ${counts}>`,
    `  <testsuite name="runbooks" ${counts}>`,
    ...report.runbooks.flatMap((runbook) => testCase(runbook, report)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** Advice that fails nothing is shown as the output of its case. */
function testCase({ file, problems }: CheckedRunbook, report: LintReport): readonly string[] {
  const opening = `    <testcase classname="muster.lint" name="${escaped(file)}" file="${escaped(file)}"`;
  const failing = problems.filter((problem) => isFailing(problem, report));
  const others = problems.filter((problem) => !isFailing(problem, report));
  if (problems.length === 0) return [`${opening}/>`];
  const [first] = failing;
  return [
    `${opening}>`,
    ...(first === undefined
      ? []
      : [`      <failure message="${escaped(first.message)}" type="${escaped(first.code)}">${escaped(listOf(failing))}</failure>`]),
    ...(others.length === 0 ? [] : [`      <system-out>${escaped(listOf(others))}</system-out>`]),
    '    </testcase>',
  ];
}

function listOf(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, column, severity, message, remedy, code }) => `${file}:${line}:${column} ${severity} ${message} ${remedy} (${code})`)
    .join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' };

/** XML 1.0 cannot hold most control characters and halves of characters, not even escaped. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '\u{FFFD}');
}
