// muster fmt: writes runbooks in their canonical layout, or says which are not.
import { EXIT, type ExitCode } from './exit-code.ts';
import { filesAt } from './files-at.ts';
import { formatRunbook } from './fmt/format-runbook.ts';
import type { CliParts } from './parts.ts';
import { printRefusal } from './print-refused.ts';
import { plain, printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';
import { writeWhole } from './write-whole.ts';

interface FmtOptions {
  readonly places: readonly string[];
  readonly isChecked: boolean;
  readonly isJson: boolean;
}

export const fmtVerb: Verb = (program, { parts, end }) => {
  program
    .command('fmt')
    .description('write runbooks in their canonical layout; comments and meaning stay')
    .argument('[places...]', 'runbook files, folders of a runbook, or folders of them', ['runbooks'])
    .option('--check', 'write nothing; end with 1 when a file would change', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText(
      'after',
      examples(
        'muster fmt                    lays out all runbooks',
        'muster fmt --check            for a merge request',
        'muster fmt runbooks/mail',
      ),
    )
    .action(async (places: readonly string[], { check, json }: { check: boolean; json: boolean }) => {
      end(await runFmt(parts, { places, isChecked: check, isJson: json }));
    });
};

/** Files with errors are told and left alone; the others are laid out all the same. */
async function runFmt({ terminal, runbooks: reader }: CliParts, { places, isChecked, isJson }: FmtOptions): Promise<ExitCode> {
  const files = await filesAt({ terminal, reader }, places);
  if (files === null) return EXIT.usage;
  const changed: string[] = [];
  const refusedFiles: string[] = [];
  for (const file of files) {
    const runbook = await reader.read(file);
    const formatted = formatRunbook(runbook);
    if (!formatted.ok) {
      refusedFiles.push(file);
      terminal.err(plain(formatted.refusal.message));
      if (formatted.refusal.problems !== undefined) printRefusal(terminal, formatted.refusal);
      continue;
    }
    if (formatted.value === runbook.source) continue;
    changed.push(file);
    if (!isChecked) await writeWhole(file, formatted.value);
  }
  if (isJson) printJson(terminal, { files: files.length, changed, refused: refusedFiles, isWritten: !isChecked });
  else {
    for (const file of changed) terminal.out(plain(file));
    terminal.out(summary({ changed: changed.length, isChecked }));
  }
  return refusedFiles.length > 0 || (isChecked && changed.length > 0) ? EXIT.problems : EXIT.fine;
}

function summary({ changed, isChecked }: { readonly changed: number; readonly isChecked: boolean }): string {
  if (changed === 0) return 'Everything is laid out as it should be.';
  const files = `${changed} ${changed === 1 ? 'file' : 'files'}`;
  return isChecked ? `${files} would change. Run muster fmt.` : `${files} written.`;
}
