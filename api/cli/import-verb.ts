// muster import: shows what a portfolio file would change, and writes it only when told to.
import { readFile } from 'node:fs/promises';
import { assessReadiness } from '../application/assess-readiness.ts';
import { applyPortfolio, previewPortfolio, type ImportedPortfolio } from '../application/import-portfolio.ts';
import { createInProcessBus } from '../application/in-process-bus.ts';
import type { Database } from '../application/stores.ts';
import { changeSet, isEmptyChangeSet, type ChangeSet } from '../domain/catalogue/change-set.ts';
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import type { Result } from '../domain/errors.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { describeImportRunbook } from './import-runbook-verb.ts';
import type { CliParts } from './parts.ts';
import { printChanges } from './print-changes.ts';
import { countProblems, printProblems } from './print-problems.ts';
import { printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

export const importVerb: Verb = (program, { parts, end }) => {
  const command = program
    .command('import')
    .description('show what a portfolio file would change, or what a procedure of another tool becomes; write it with --apply')
    .argument('<portfolio.yaml>', 'the file of a portfolio')
    .option('--apply', 'write the changes', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', IMPORT_EXAMPLES)
    .action(async (file: string, options: { apply: boolean; json: boolean }) => {
      end(await runImport(parts, { file, isApplied: options.apply, isJson: options.json }));
    });
  describeImportRunbook(command, { parts, end });
};

const IMPORT_EXAMPLES = examples(
  'muster import portfolio.yaml              shows what would change in the app',
  'muster import portfolio.yaml --apply      writes it',
  'muster import runbook experiment.json     shows what a procedure of another tool becomes',
);

export interface ImportOptions {
  readonly file: string;
  readonly isApplied: boolean;
  readonly isJson: boolean;
}

export async function runImport(parts: CliParts, options: ImportOptions): Promise<ExitCode> {
  const { terminal } = parts;
  const text = await readText(options.file);
  if (text === null) {
    terminal.err(`The file ${options.file} cannot be read. Check its name and that you may read it.`);
    return EXIT.usage;
  }
  const imported = parts.parsePortfolio(text, options.file);
  if (imported.portfolio === null) return tellUnusable(parts, options, imported);

  const opened = await parts.openDatabase({ makes: options.isApplied });
  if (opened.kind === 'refused') {
    for (const sentence of opened.sentences) terminal.err(sentence);
    return EXIT.problems;
  }
  if (opened.kind === 'absent') return tell(parts, options, { imported, changes: changeSet(NOTHING, imported.portfolio) });
  try {
    const result = await importInto(parts, options, { database: opened.database, imported });
    return result.ok ? tell(parts, options, { imported, changes: result.value }) : tellUnusable(parts, options, imported);
  } finally {
    await opened.database.close();
  }
}

const NOTHING: Portfolio = { services: [], dependencies: [], hosts: [], sites: [], policies: [], settings: { esmIsCompanyWide: false } };

async function importInto(
  { clock, terminal }: CliParts,
  { isApplied }: ImportOptions,
  { database, imported }: { readonly database: Database; readonly imported: ImportedPortfolio },
): Promise<Result<ChangeSet>> {
  if (!isApplied) return previewPortfolio({ database }, imported);
  const result = await applyPortfolio({ database, clock }, null, imported);
  // Nobody listens in this process; a bus is what assessing tells its news to.
  const bus = createInProcessBus((error) => terminal.err(String(error)));
  if (result.ok && !isEmptyChangeSet(result.value)) await assessReadiness({ database, clock, bus });
  return result;
}

interface Outcome {
  readonly imported: ImportedPortfolio;
  readonly changes: ChangeSet;
}

function tell({ terminal }: CliParts, options: ImportOptions, { imported, changes }: Outcome): ExitCode {
  if (options.isJson) {
    printJson(terminal, { file: options.file, isApplied: options.isApplied, problems: imported.problems, changes });
    return EXIT.fine;
  }
  printProblems(terminal, imported.problems);
  printChanges(terminal, changes);
  if (isEmptyChangeSet(changes)) return EXIT.fine;
  terminal.out(options.isApplied ? 'Written.' : 'Nothing was written. Run it again with --apply to write this.');
  return EXIT.fine;
}

function tellUnusable({ terminal }: CliParts, options: ImportOptions, { problems }: ImportedPortfolio): ExitCode {
  if (options.isJson) printJson(terminal, { file: options.file, isApplied: false, problems, changes: null });
  else {
    printProblems(terminal, problems);
    terminal.err(`${options.file}: ${countProblems(problems) ?? 'no usable portfolio'}. Nothing was written. Mend the errors and run it again.`);
  }
  return EXIT.problems;
}

/** Null when it cannot be read, for whatever reason. */
async function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
