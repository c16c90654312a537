// One runbook that a word of the command names: a file or folder on disk, or a revision in the database such as `mail@3`.
import { done, refused, type Result } from '../domain/errors.ts';
import { parseRunbook } from '../domain/runbook/parse-runbook.ts';
import { revisionHash, type Revision } from '../domain/runbook/revision.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import type { LazyDatabase } from './lazy-database.ts';
import type { CliParts, RunbookReader } from './parts.ts';

export interface LoadedRunbook {
  /** How it is called in messages. */
  readonly name: string;
  readonly runbook: Runbook;
  readonly hash: string;
  readonly source: string;
  readonly origin: { readonly kind: 'disk'; readonly file: string } | { readonly kind: 'stored'; readonly revision: Revision };
}

/** `key`, `key@3`, `key@approved`, `key@latest`. */
const STORED = /^([a-z][a-z0-9-]*)(?:@(\d{1,9}|approved|latest))?$/;

/** What is on disk comes first. Refused when there is no such runbook, or it has errors. */
export async function loadRunbook(parts: Pick<CliParts, 'runbooks'>, database: LazyDatabase, word: string): Promise<Result<LoadedRunbook>> {
  const files = await parts.runbooks.find(word);
  if (files !== null) return fromDisk(parts.runbooks, word, files);
  const stored = STORED.exec(word);
  if (stored === null) return refused('NOT_FOUND', `There is no file or folder ${word}, and it is no key of a runbook such as mail or mail@3.`);
  const [, key = '', which = 'latest'] = stored;
  return fromDatabase(database, key, which);
}

async function fromDisk(reader: RunbookReader, word: string, files: readonly string[]): Promise<Result<LoadedRunbook>> {
  const [file, second] = files;
  if (file === undefined) return refused('NOT_FOUND', `There is no runbook.yaml in ${word}. Begin one with muster new.`);
  if (second !== undefined) return refused('INVALID_INPUT', `There are ${files.length} runbooks in ${word}. Name one of their folders.`);
  const disk = await reader.read(file);
  const { runbook, problems } = disk.faults.length > 0 ? { runbook: null, problems: disk.faults } : parseRunbook(disk.source, file, disk.files);
  if (runbook === null) return refused('INVALID_INPUT', `${file} has errors. Correct them first.`, { problems });
  return done({ name: word, runbook, hash: revisionHash(runbook), source: disk.source, origin: { kind: 'disk', file } });
}

async function fromDatabase(database: LazyDatabase, key: string, which: string): Promise<Result<LoadedRunbook>> {
  const opened = await database.open();
  if (opened.kind === 'refused') return refused('BAD_STATE', opened.sentences.join('\n'));
  if (opened.kind === 'absent') {
    return refused(
      'NOT_FOUND',
      `There is no file or folder ${key}, and no database to look the runbook ${key} up in. Set MUSTER_DATA or MUSTER_DATABASE.`,
    );
  }
  const { runbooks } = opened.database.stores;
  const known = await runbooks.find(key);
  if (known === null) return refused('NOT_FOUND', `There is no file or folder ${key}, and no runbook ${key} in the database.`);
  const revision = which === 'latest' ? known.latest : which === 'approved' ? known.approved : await runbooks.revisionByNumber(key, Number(which));
  if (revision === null) {
    const missing = which === 'approved' ? `No revision of ${key} is approved.` : `The runbook ${key} has no revision ${which}.`;
    return refused('NOT_FOUND', `${missing} The newest is ${key}@${known.latest.number}.`);
  }
  const { runbook, hash, source } = revision;
  return done({ name: `${key}@${revision.number}`, runbook, hash, source, origin: { kind: 'stored', revision } });
}
