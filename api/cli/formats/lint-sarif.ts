// Lint as SARIF 2.1.0, which code hosts show beside the lines of a merge request.
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fix, Problem } from '../../domain/errors.ts';
import { ALL_LINT_RULES } from '../../domain/runbook/lint/all-lint-rules.ts';
import { allProblems, explanationOf, weightOf, type LintReport, type Weight } from './lint-report.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** What a result can say of a code that no lint rule has: it is of the language itself. */
const ERROR_TEXT = 'The runbook does not keep to the language, so it cannot be used as it is.';

export function lintSarif(report: LintReport): string {
  const problems = allProblems(report);
  const rules = rulesOf(problems);
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'muster', semanticVersion: report.version, rules } },
    columnKind: 'utf16CodeUnits',
    artifacts: report.runbooks.map(({ file }) => ({ location: { uri: uriOf(file) } })),
    results: problems.map((problem) => resultOf(problem, indexOf.get(problem.code) ?? -1)),
  };
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2);
}

/** All rules of the advice, found or not, and the codes of the errors that there are. */
function rulesOf(problems: readonly Problem[]): readonly { readonly id: string }[] {
  const advice = ALL_LINT_RULES.map(({ code, title, why, remedy, weight }) => ruleOf({ code, title, help: `${why} ${remedy}`, weight }));
  const known = new Set(advice.map(({ id }) => id));
  const errors = [...new Set(problems.map(({ code }) => code))].filter((code) => !known.has(code)).toSorted();
  return [...advice, ...errors.map((code) => ruleOf({ code, title: code.replaceAll('-', ' '), help: ERROR_TEXT, weight: 'error' }))];
}

const LEVELS: Readonly<Record<Weight, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', advice: 'note' };

interface Rule {
  readonly code: string;
  readonly title: string;
  /** Markdown. */
  readonly help: string;
  readonly weight: Weight;
}

function ruleOf({ code, title, help, weight }: Rule) {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: help },
    help: { text: `${help} See ${explanationOf(code)}.`, markdown: `${help} See \`${explanationOf(code)}\`.` },
    defaultConfiguration: { level: LEVELS[weight] },
  };
}

function resultOf(problem: Problem, ruleIndex: number) {
  const { code, message, remedy, file = '', line = 1, column = 1, fix } = problem;
  const physicalLocation = { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column } };
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[weightOf(problem)],
    message: { text: `${message} ${remedy}` },
    locations: [{ physicalLocation }],
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, file)] }),
  };
}

function fixOf({ title, edits }: Fix, file: string) {
  const replacements = edits.map(({ from, to, newText }) => ({
    deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    insertedContent: { text: newText },
  }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation: { uri: uriOf(file) }, replacements }] };
}

/** Relative to where the command ran, which is the root of the checkout in a merge request. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replace(/^\.\//, '').split('/').map(encodeURIComponent).join('/');
}
