// muster diff: what two runbooks mean differently, whatever they look like.
import type { Result } from '../domain/errors.ts';
import { diffRunbooks } from '../domain/runbook/diff/diff-runbooks.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { diffText, isEmptyDiff } from './formats/diff-text.ts';
import { withDatabase } from './lazy-database.ts';
import { loadRunbook, type LoadedRunbook } from './load-runbook.ts';
import type { CliParts } from './parts.ts';
import { printRefusal } from './print-refused.ts';
import { printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

export const diffVerb: Verb = (program, { parts, end }) => {
  program
    .command('diff')
    .description('show what two runbooks mean differently, step by step; ends with 1 when they differ')
    .argument('<before>', 'a folder, a file, or a stored revision such as mail@3, mail@approved or mail (the newest)')
    .argument('<after>', 'the other one')
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', DIFF_EXAMPLES)
    .action(async (before: string, after: string, { json }: { json: boolean }) => {
      end(await runDiff(parts, [before, after], json));
    });
};

const DIFF_EXAMPLES = examples(
  'muster diff mail@3 runbooks/mail       the third revision in the database, and the folder',
  'muster diff mail@approved mail         what waits for approval',
  'muster diff old/mail runbooks/mail     two folders',
);

async function runDiff(parts: CliParts, words: readonly [string, string], isJson: boolean): Promise<ExitCode> {
  const { terminal } = parts;
  const loaded = await withDatabase(parts, async (database): Promise<readonly Result<LoadedRunbook>[]> => {
    const before = await loadRunbook(parts, database, words[0]);
    return before.ok ? [before, await loadRunbook(parts, database, words[1])] : [before];
  });
  const found: LoadedRunbook[] = [];
  for (const one of loaded) {
    if (!one.ok) {
      printRefusal(terminal, one.refusal);
      // Not 1: that would say that the two differ.
      return EXIT.usage;
    }
    found.push(one.value);
  }
  const [before, after] = found;
  if (before === undefined || after === undefined) throw new Error('two runbooks were loaded and one of them is missing');
  const diff = diffRunbooks(before.runbook, after.runbook);
  const isSame = before.hash === after.hash;
  if (isJson) {
    printJson(terminal, { before: naming(before), after: naming(after), isSame, ...diff });
  } else if (isSame) terminal.out(`${before.name} and ${after.name} mean the same.`);
  else if (isEmptyDiff(diff)) terminal.out(`${before.name} and ${after.name} differ in a way that no step or key shows.`);
  else for (const line of diffText(terminal, diff)) terminal.out(line);
  return isSame ? EXIT.fine : EXIT.problems;
}

function naming({ name, hash }: LoadedRunbook): object {
  return { name, hash };
}
