// Lint as text for people: grouped by file, each problem with its place, what to do, and where it is explained.
import type { Problem } from '../../domain/errors.ts';
import { paint, plain, type Colour, type Terminal } from '../terminal.ts';
import { allProblems, countsInWords, explanationOf, weightOf, type LintReport, type Weight } from './lint-report.ts';

export function lintText(terminal: Pick<Terminal, 'isColourful'>, report: LintReport): string {
  const groups = report.runbooks.filter(({ problems }) => problems.length > 0);
  const problems = allProblems(report);
  return [
    ...groups.flatMap((group) => [paint(terminal, 'bold', plain(group.file)), ...group.problems.map((one) => entry(terminal, one)), '']),
    ...(report.fixed === 0 ? [] : [`${counted(report.fixed, 'problem')} mended in the files.`]),
    `${counted(report.runbooks.length, 'runbook')}: ${countsInWords(problems) ?? 'nothing to remark'}.`,
    ...fixHint(problems),
  ].join('\n');
}

const COLOURS: Readonly<Record<Weight, Colour>> = { error: 'red', warning: 'yellow', advice: 'cyan' };

/** The place stands first and whole, since terminals and editors turn it into a link. */
function entry(terminal: Pick<Terminal, 'isColourful'>, problem: Problem): string {
  const { file = '', line = 1, column = 1, message, remedy, code } = problem;
  const weight = weightOf(problem);
  const kind = paint(terminal, COLOURS[weight], weight);
  return [
    `  ${plain(file)}:${line}:${column} ${kind} ${plain(message)}`,
    `      ${plain(remedy)}`,
    paint(terminal, 'dim', `      ${plain(code)}  ${explanationOf(plain(code))}`),
  ].join('\n');
}

function fixHint(problems: readonly Problem[]): readonly string[] {
  const fixable = problems.filter(({ fix }) => fix !== undefined).length;
  if (fixable === 0) return [];
  return [`${counted(fixable, 'problem')} can be mended by --fix.`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
