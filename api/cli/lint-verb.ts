// muster lint: holds runbooks against the language and its advice, without a database.
import { Option } from 'commander';
import { done } from '../domain/errors.ts';
import { checkRunbooks } from './check/check-runbooks.ts';
import { mendRunbook } from './check/mend-runbook.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { filesAt } from './files-at.ts';
import { lintJson } from './formats/lint-json.ts';
import { lintJunit } from './formats/lint-junit.ts';
import { allProblems, isFailing, type LintReport } from './formats/lint-report.ts';
import { lintSarif } from './formats/lint-sarif.ts';
import { lintText } from './formats/lint-text.ts';
import { loadPortfolio } from './load-portfolio.ts';
import type { CliParts, RunbookReader } from './parts.ts';
import { printRefusal } from './print-refused.ts';
import { examples, type Verb } from './verb.ts';
import { writeWhole } from './write-whole.ts';

export const LINT_FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

interface LintFlags {
  readonly json?: true;
  readonly sarif?: true;
  readonly junit?: true;
  readonly fix: boolean;
  readonly strict: boolean;
  readonly portfolio?: string;
}

export const lintVerb: Verb = (program, { parts, end }) => {
  program
    .command('lint')
    .description('check runbooks: errors, and advice as warnings')
    .argument('[places...]', 'runbook files, folders of a runbook, or folders of them', ['runbooks'])
    .option('--strict', 'end with 1 for warnings too, though not for advice', false)
    .option('--portfolio <file>', 'hosts and sites, to see what a scenario loses')
    .option('--fix', 'mend in the files what can be mended safely', false)
    .addOption(new Option('--json', 'print JSON for programs').conflicts(['sarif', 'junit']))
    .addOption(new Option('--sarif', 'print SARIF 2.1.0, which code hosts show in merge requests').conflicts(['json', 'junit']))
    .addOption(new Option('--junit', 'print JUnit XML, a test case for each runbook').conflicts(['json', 'sarif']))
    .addHelpText('after', LINT_EXAMPLES)
    .action(async (places: readonly string[], flags: LintFlags) => {
      const format = (['json', 'sarif', 'junit'] as const).find((name) => flags[name] === true) ?? 'text';
      end(
        await runLint(parts, {
          places,
          format,
          isStrict: flags.strict,
          isFixed: flags.fix,
          portfolio: flags.portfolio ?? null,
          version: program.version() ?? '',
        }),
      );
    });
};

const LINT_EXAMPLES = examples(
  'muster lint                              all runbooks of the folder runbooks',
  'muster lint runbooks/mail --strict       one of them; warnings count',
  'muster lint --fix                        mends what can be mended safely',
  'muster lint --sarif > lint.sarif         for a merge request',
);

export interface LintOptions {
  readonly places: readonly string[];
  readonly format: LintFormat;
  readonly isStrict: boolean;
  readonly isFixed: boolean;
  readonly portfolio: string | null;
  readonly version: string;
}

/** Warnings are told and are no problem unless it is strict. */
export async function runLint(parts: CliParts, options: LintOptions): Promise<ExitCode> {
  const { terminal, runbooks: reader } = parts;
  const { isStrict, version } = options;
  const files = await filesAt({ terminal, reader }, options.places);
  if (files === null) return EXIT.usage;
  const known = options.portfolio === null ? done(null) : await loadPortfolio(parts, options.portfolio);
  if (!known.ok) {
    printRefusal(terminal, known.refusal);
    return EXIT.usage;
  }
  const context = known.value === null ? {} : { portfolio: known.value };
  const fixed = options.isFixed ? await mendAll(reader, files) : 0;
  const report: LintReport = { runbooks: await checkRunbooks(reader, files, context), isStrict, fixed, version };
  switch (options.format) {
    case 'json':
      terminal.out(lintJson(report));
      break;
    case 'sarif':
      terminal.out(lintSarif(report));
      break;
    case 'junit':
      terminal.out(lintJunit(report));
      break;
    case 'text':
      terminal.out(lintText(terminal, report));
      break;
  }
  return allProblems(report).some((problem) => isFailing(problem, report)) ? EXIT.problems : EXIT.fine;
}

async function mendAll(reader: RunbookReader, files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files) {
    const runbook = await reader.read(file);
    const { source, fixed } = mendRunbook(runbook);
    if (source !== runbook.source) await writeWhole(file, source);
    count += fixed;
  }
  return count;
}
