// What verbs are given in tests: a terminal that is watched and answered, the real readers, and a database that stays open.
import type { CliParts } from '../../../api/cli/parts.ts';
import { RUNBOOK_FORMATS, importRunbook } from '../../../api/import/runbook-import.ts';
import { findRunbookFiles, readRunbookFiles } from '../../../api/import/runbooks/read-runbook-files.ts';
import { parsePortfolio } from '../../../api/import/portfolio/parse-portfolio.ts';
import { KEY_BYTES } from '../../../api/secrets/key-file.ts';
import { createSeals } from '../../../api/secrets/seals.ts';
import type { TemporaryApp } from '../application/temporary-app.ts';

/** Of a key that is no secret. */
export const TEST_SEALS = createSeals(Buffer.alloc(KEY_BYTES));

export interface Watched {
  readonly out: string[];
  readonly err: string[];
  readonly isColourful?: boolean;
  /** What a person types, a line a question; nobody sits there without. */
  readonly answers?: readonly string[];
  /** No database is there yet. */
  readonly isWithoutDatabase?: boolean;
}

export function watchedParts(app: TemporaryApp['app'], watched: Watched): CliParts {
  const answers = [...(watched.answers ?? [])];
  const isThere = watched.answers !== undefined;
  const ask = async (): Promise<string | null> => (isThere ? (answers.shift() ?? '') : null);
  return {
    terminal: {
      out: (line) => void watched.out.push(...line.split('\n')),
      err: (line) => void watched.err.push(line),
      isColourful: watched.isColourful ?? false,
      columns: 120,
      ask,
      askSecret: ask,
      readInput: async () => '',
    },
    clock: app.clock,
    passwords: app.passwords,
    // The test goes on with it after the verb has closed it.
    openDatabase: async () =>
      watched.isWithoutDatabase === true ? { kind: 'absent' } : { kind: 'open', database: { ...app.database, close: async () => {} } },
    seal: async (text) => ({ ok: true, value: TEST_SEALS.seal(text) }),
    parsePortfolio,
    runbooks: { find: findRunbookFiles, read: readRunbookFiles },
    procedures: {
      formats: RUNBOOK_FORMATS,
      import: (text, fileName, { key }) => importRunbook(text, fileName, key === undefined ? {} : { key }),
    },
    folderAuthor: 'runbooks folder',
    calledAs: 'muster',
  };
}
