// muster pull: revisions of the app become files in the folder; what was changed there is never overwritten unasked.
import type { Stores } from '../application/stores.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { withDatabase } from './lazy-database.ts';
import type { CliParts } from './parts.ts';
import { printSentences } from './print-refused.ts';
import { pullInto, type PullOutcome } from './sync/pull-into.ts';
import { showPulled } from './sync/show-pulled.ts';
import { printJson } from './terminal.ts';
import { examples, type Verb } from './verb.ts';

interface PullFlags {
  readonly folder: string;
  readonly approved: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export const pullVerb: Verb = (program, { parts, end }) => {
  program
    .command('pull')
    .description('write revisions of the app into a folder, with the scripts that they use')
    .argument('[keys...]', 'runbooks to write; all of them unless given')
    .option('--folder <folder>', 'the folder of the runbooks', 'runbooks')
    .option('--approved', 'the newest approved revisions instead of the newest', false)
    .option('--force', 'overwrite what was changed in the folder', false)
    .option('--dry-run', 'only say what would happen', false)
    .option('--json', 'print JSON for programs', false)
    .addHelpText('after', examples('muster pull                     all runbooks', 'muster pull mail --approved     what would run today'))
    .action(async (keys: readonly string[], flags: PullFlags) => {
      end(await runPull(parts, keys, flags));
    });
};

async function runPull(parts: CliParts, keys: readonly string[], flags: PullFlags): Promise<ExitCode> {
  const { terminal } = parts;
  const wanted = await withDatabase(parts, async (database) => {
    const opened = await database.open();
    if (opened.kind === 'open') return wantedRevisions(opened.database.stores, keys, flags.approved);
    return opened.kind === 'refused' ? opened.sentences : ['There is no database. Set MUSTER_DATA or MUSTER_DATABASE to where the app keeps it.'];
  });
  const sentences = wanted.filter((one): one is string => typeof one === 'string');
  if (sentences.length > 0) {
    printSentences(terminal, sentences);
    return EXIT.usage;
  }
  const outcomes: PullOutcome[] = [];
  for (const revision of wanted) if (typeof revision !== 'string') outcomes.push(await pullInto(parts.runbooks, revision, flags));
  if (flags.json) printJson(terminal, { isPreview: flags.dryRun, runbooks: outcomes.map(jsonOf) });
  else for (const outcome of outcomes) showPulled(terminal, outcome, flags.dryRun);
  return outcomes.some(({ kind }) => kind === 'conflict') ? EXIT.problems : EXIT.fine;
}

/** A sentence in the place of what is not there. A runbook without an approved revision is left out unless it was named. */
async function wantedRevisions(
  stores: Pick<Stores, 'runbooks'>,
  keys: readonly string[],
  isApproved: boolean,
): Promise<readonly (Revision | string)[]> {
  const known = await stores.runbooks.list();
  const byKey = new Map(known.map((standing) => [standing.latest.runbook.key, standing]));
  if (keys.length === 0) return known.flatMap(({ latest, approved }) => (isApproved ? (approved ?? []) : latest));
  return [...new Set(keys)].map((key) => {
    const standing = byKey.get(key);
    if (standing === undefined) return `There is no runbook ${key} in the app.`;
    return isApproved ? (standing.approved ?? `No revision of ${key} is approved.`) : standing.latest;
  });
}

function jsonOf({ kind, revision, file, diff }: PullOutcome): object {
  return { key: revision.runbook.key, outcome: kind, revision: revision.number, file, ...(diff === null ? {} : { diff }) };
}
