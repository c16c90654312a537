// Lint as JSON for programs.
import { allProblems, countOf, explanationOf, weightOf, type LintReport } from './lint-report.ts';

export function lintJson(report: LintReport): string {
  const problems = allProblems(report);
  const summary = {
    runbooks: report.runbooks.length,
    errors: countOf(problems, 'error'),
    warnings: countOf(problems, 'warning'),
    advice: countOf(problems, 'advice'),
    fixed: report.fixed,
  };
  return JSON.stringify(
    { ...summary, problems: problems.map((problem) => ({ ...problem, weight: weightOf(problem), help: explanationOf(problem.code) })) },
    null,
    2,
  );
}
