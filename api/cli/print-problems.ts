// Problems of a file as lines, the place first, as compilers write them.
import type { Problem } from '../domain/errors.ts';
import { paint, plain, type Terminal } from './terminal.ts';

export function printProblems(terminal: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const colour = problem.severity === 'error' ? 'red' : 'yellow';
    const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
    const kind = paint(terminal, colour, problem.severity);
    terminal.out(
      `${paint(terminal, 'bold', plain(place))} ${kind} ${plain(problem.message)} ${plain(problem.remedy)} ${paint(terminal, 'dim', problem.code)}`,
    );
  }
}

/** "2 errors, 1 warning"; null when there is none. */
export function countProblems(problems: readonly Problem[]): string | null {
  const counts = (['error', 'warning'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? null : counts.join(', ');
}
