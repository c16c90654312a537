// muster import runbook: shows what a procedure of another tool becomes as a runbook, and writes it only when told to.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Option, type Command } from 'commander';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { CliParts, ImportedProcedure, ImportNote } from './parts.ts';
import { printRefusal } from './print-refused.ts';
import { paint, plain, printJson, type Terminal } from './terminal.ts';
import { examples, type VerbContext } from './verb.ts';

interface ImportRunbookFlags {
  readonly format?: string;
  readonly key?: string;
  readonly out: string;
  readonly apply: boolean;
  readonly json: boolean;
}

export function describeImportRunbook(command: Command, { parts, end }: VerbContext): void {
  command
    .command('runbook')
    .description('show what a procedure of another tool becomes as a runbook, and write it with --apply')
    .argument('<file>', 'the procedure')
    .addOption(new Option('--format <format>', 'what it was written for; found out unless given').choices(parts.procedures.formats))
    .option('--key <key>', 'key of the runbook; made from its title unless given')
    .option('--out <folder>', 'where the folder of the runbook is made', 'runbooks')
    .option('--apply', 'write the files; nothing is overwritten', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', IMPORT_RUNBOOK_EXAMPLES)
    .action(async (file: string, flags: ImportRunbookFlags, self: Command) => {
      // Where both have an option of one name, the parser may give it to the outer command.
      const outer: { readonly apply?: boolean; readonly json?: boolean } = self.parent?.opts() ?? {};
      end(await runImportRunbook(parts, file, { ...flags, apply: flags.apply || outer.apply === true, json: flags.json || outer.json === true }));
    });
}

const IMPORT_RUNBOOK_EXAMPLES = examples(
  'muster import runbook failover.md                    what was understood, and what was not',
  'muster import runbook job.yaml --format rundeck --apply',
);

async function runImportRunbook(parts: CliParts, file: string, flags: ImportRunbookFlags): Promise<ExitCode> {
  const { terminal } = parts;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    terminal.err(`The file ${file} cannot be read. Check its name and that you may read it.`);
    return EXIT.usage;
  }
  const { format, key } = flags;
  const imported = parts.procedures.import(text, basename(file), {
    ...(format === undefined ? {} : { format }),
    ...(key === undefined ? {} : { key }),
  });
  if (!imported.ok) {
    printRefusal(terminal, imported.refusal);
    return EXIT.problems;
  }
  const procedures = imported.value;
  const taken = flags.apply ? await takenFolders(procedures, flags.out) : [];
  if (taken.length > 0) {
    terminal.err(
      `${taken.join(', ')} ${taken.length === 1 ? 'is' : 'are'} there already, and nothing was written. Choose another place with --out, or another --key.`,
    );
    return EXIT.problems;
  }
  if (flags.apply) for (const procedure of procedures) await writeProcedure(procedure, flags.out);
  if (flags.json) printJson(terminal, { file, isApplied: flags.apply, runbooks: procedures.map((procedure) => jsonOf(procedure, flags)) });
  else {
    for (const procedure of procedures) show(terminal, procedure);
    terminal.out(flags.apply ? written(procedures, flags.out) : 'Nothing was written. Run it again with --apply to write this.');
  }
  return EXIT.fine;
}

async function takenFolders(procedures: readonly ImportedProcedure[], out: string): Promise<readonly string[]> {
  const folders = procedures.map(({ key }) => join(out, key));
  const found = await Promise.all(folders.map(async (folder) => ((await stat(folder).catch(() => null)) === null ? [] : [folder])));
  return found.flat();
}

async function writeProcedure({ key, files }: ImportedProcedure, out: string): Promise<void> {
  const folder = join(out, key);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    if (basename(name) !== name) throw new Error(`an importer wants to write the file ${name} outside of ${folder}`);
    await writeFile(join(folder, name), text, { flag: 'wx' });
  }
}

function show(terminal: Terminal, { key, title, files, understood, manual, unplaced }: ImportedProcedure): void {
  terminal.out(paint(terminal, 'bold', `${plain(key)}  ${plain(title)}`));
  terminal.out(`  Files: ${[...files.keys()].map(plain).join(', ')}`);
  showNotes(terminal, paint(terminal, 'green', `Understood (${understood.length})`), understood);
  showNotes(terminal, paint(terminal, 'yellow', `A person does or decides it (${manual.length})`), manual);
  showNotes(terminal, paint(terminal, 'red', `Could not be placed (${unplaced.length})`), unplaced);
  terminal.out('');
}

function showNotes(terminal: Terminal, heading: string, notes: readonly ImportNote[]): void {
  if (notes.length === 0) return;
  terminal.out(`  ${heading}`);
  for (const { line, what, became, why } of notes) {
    const place = line === null ? '' : `line ${line}: `;
    terminal.out(`    ${place}${plain(what)}${became === null ? '' : ` -> ${plain(became)}`}  ${paint(terminal, 'dim', plain(why))}`);
  }
}

function written(procedures: readonly ImportedProcedure[], out: string): string {
  const folders = procedures.map(({ key }) => join(out, key));
  return `Wrote ${folders.join(', ')}. Fill in what is marked, then run muster lint ${folders.join(' ')}.`;
}

function jsonOf({ key, title, files, understood, manual, unplaced }: ImportedProcedure, { out }: ImportRunbookFlags): object {
  return { key, title, folder: join(out, key), files: Object.fromEntries(files), understood, manual, unplaced };
}
