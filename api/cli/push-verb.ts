// muster push: runbooks of the folder become revisions in the app, which wait for approval there.
import { dirname } from 'node:path';
import { pushRunbook, type PushOutcome } from '../application/push-runbook.ts';
import type { Database } from '../application/stores.ts';
import { diffRunbooks } from '../domain/runbook/diff/diff-runbooks.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { filesAt } from './files-at.ts';
import { diffText } from './formats/diff-text.ts';
import type { CliParts } from './parts.ts';
import { printProblems } from './print-problems.ts';
import { printSentences } from './print-refused.ts';
import { readBases, writeBases } from './sync/base-file.ts';
import { readLocal, type LocalRunbook } from './sync/local-runbooks.ts';
import { printSync } from './sync/sync-line.ts';
import { printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

interface PushFlags {
  readonly by?: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export const pushVerb: Verb = (program, { parts, end }) => {
  program
    .command('push')
    .description('take runbooks of a folder into the app, where somebody else approves them')
    .argument('[places...]', 'runbook files, folders of a runbook, or folders of them', ['runbooks'])
    .option('--by <account>', 'who stands as the author, and so cannot approve; the folder itself unless given')
    .option('--force', 'also where the app has a newer revision that the folder has not seen', false)
    .option('--dry-run', 'only say what would happen', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', PUSH_EXAMPLES)
    .action(async (places: readonly string[], flags: PushFlags) => {
      end(await runPush(parts, places, flags));
    });
};

const PUSH_EXAMPLES = examples(
  'muster push                          all runbooks of the folder runbooks',
  'muster push runbooks/mail --dry-run  what would happen',
  'muster push --by maria-lopez         Maria stands as the author',
);

interface Pushed {
  readonly local: LocalRunbook;
  readonly outcome: PushOutcome | { readonly kind: 'errors' };
}

async function runPush(parts: CliParts, places: readonly string[], flags: PushFlags): Promise<ExitCode> {
  const { terminal, runbooks: reader } = parts;
  const files = await filesAt({ terminal, reader }, places);
  if (files === null) return EXIT.usage;
  const opened = await parts.openDatabase({ makes: !flags.dryRun });
  if (opened.kind !== 'open') {
    printSentences(terminal, opened.kind === 'refused' ? opened.sentences : ['There is no database yet: everything would be new.']);
    return opened.kind === 'refused' ? EXIT.problems : EXIT.fine;
  }
  const { database } = opened;
  try {
    if (flags.by !== undefined && (await database.stores.accounts.find(flags.by)) === null) {
      terminal.err(`There is no account ${flags.by}. Make it with muster account create, or leave --by out.`);
      return EXIT.usage;
    }
    const pushed: Pushed[] = [];
    for (const file of files) pushed.push(await pushOne({ parts, database, flags }, file));
    if (flags.json) printJson(terminal, { isPreview: flags.dryRun, runbooks: pushed.map(jsonOf) });
    else for (const one of pushed) show(parts, one, flags.dryRun);
    return pushed.some(({ outcome }) => ['errors', 'old', 'conflict'].includes(outcome.kind)) ? EXIT.problems : EXIT.fine;
  } finally {
    await database.close();
  }
}

interface Pushing {
  readonly parts: CliParts;
  readonly database: Database;
  readonly flags: PushFlags;
}

async function pushOne({ parts, database, flags }: Pushing, file: string): Promise<Pushed> {
  const local = await readLocal(parts.runbooks, file);
  if (local.meaning === null) return { local, outcome: { kind: 'errors' } };
  const { runbook, hash, text } = local.meaning;
  const folder = dirname(dirname(file));
  const bases = await readBases(folder);
  const request = { runbook, source: local.source, base: bases.get(runbook.key)?.revision ?? null, isForced: flags.force, isPreview: flags.dryRun };
  const outcome = await pushRunbook({ database, clock: parts.clock }, flags.by ?? parts.folderAuthor, request);
  if (!flags.dryRun && (outcome.kind === 'added' || outcome.kind === 'unchanged')) {
    await writeBases(folder, bases.set(runbook.key, { revision: hash, text }));
  }
  return { local, outcome };
}

function show({ terminal }: CliParts, { local, outcome }: Pushed, isPreview: boolean): void {
  const { key } = local;
  switch (outcome.kind) {
    case 'errors':
      printSync(terminal, 'wrong', [key, 'has errors and was not taken.']);
      printProblems(terminal, local.problems);
      return;
    case 'added':
      printSync(terminal, 'changed', [key, `${isPreview ? 'would become' : 'is'} revision ${outcome.number}, which waits for approval.`]);
      return;
    case 'unchanged':
      printSync(terminal, 'same', [key, `is as stored (revision ${outcome.latest.number}).`]);
      return;
    case 'behind':
      printSync(terminal, 'behind', [
        key,
        `has not changed here, and the app has revision ${outcome.latest.number}. Take it with muster pull ${key}.`,
      ]);
      return;
    case 'old':
      printSync(terminal, 'wrong', [
        key,
        `means the same as the old revision ${outcome.old.number}; the newest is ${outcome.latest.number}. A revision is made only once.`,
      ]);
      return;
    case 'conflict':
      showConflict(terminal, local, outcome);
  }
}

function showConflict(
  terminal: CliParts['terminal'],
  { key, meaning }: LocalRunbook,
  { base, latest }: PushOutcome & { readonly kind: 'conflict' },
): void {
  const since = base === null ? 'the folder' : `revision ${base.number}, which the folder goes back to,`;
  printSync(terminal, 'wrong', [
    key,
    `was not taken: the app has revision ${latest.number} by ${latest.createdBy}, which the folder has not seen. Between ${since} and that revision:`,
  ]);
  const before = base?.runbook ?? meaning?.runbook;
  if (before !== undefined) for (const line of diffText(terminal, diffRunbooks(before, latest.runbook))) terminal.out(`    ${line}`);
  terminal.out(`    Take up what you need from it (muster pull ${key} --force overwrites the folder), then muster push --force.`);
}

function jsonOf({ local, outcome }: Pushed): object {
  const { key, file, meaning, problems } = local;
  const numbers = {
    ...('number' in outcome ? { revision: outcome.number } : {}),
    ...('latest' in outcome ? { latest: outcome.latest.number } : {}),
    ...('old' in outcome ? { old: outcome.old.number } : {}),
  };
  const diff =
    outcome.kind === 'conflict' && meaning !== null ? { diff: diffRunbooks((outcome.base ?? meaning).runbook, outcome.latest.runbook) } : {};
  return { key, file, outcome: outcome.kind, ...numbers, ...diff, ...(problems.length === 0 ? {} : { problems }) };
}
