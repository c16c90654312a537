// What the verbs are given by the composition root.
import type { ImportedPortfolio } from '../application/import-portfolio.ts';
import type { Clock, PasswordHasher } from '../application/ports.ts';
import type { Database } from '../application/stores.ts';
import type { Problem, Result } from '../domain/errors.ts';
import type { Terminal } from './terminal.ts';

export interface CliParts {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly passwords: PasswordHasher;
  /** `makes` says to make it when there is none yet. Migrated to this version. */
  readonly openDatabase: (options: { readonly makes: boolean }) => Promise<OpenedDatabase>;
  /** Seals a text with the installation's key, which is made when there is none yet. */
  readonly seal: (text: string) => Promise<Result<string>>;
  readonly parsePortfolio: (text: string, fileName: string) => ImportedPortfolio;
  readonly runbooks: RunbookReader;
  readonly procedures: ProcedureImporter;
  /** Who stands as the author of what comes from a folder; no account has this name. */
  readonly folderAuthor: string;
  /** What was typed to get here, for advice on what to type next. */
  readonly calledAs: 'muster' | 'npx muster';
}

export type OpenedDatabase =
  | { readonly kind: 'open'; readonly database: Database }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] };

/** Runbooks on disk, as the app reads them. */
export interface RunbookReader {
  /** Files of the runbooks at a place: a file, a runbook's folder, or a folder of them. Null when it cannot be read. */
  find(place: string): Promise<readonly string[] | null>;
  read(file: string): Promise<RunbookOnDisk>;
}

export interface RunbookOnDisk {
  readonly file: string;
  readonly source: string;
  /** The texts beside it by name. */
  readonly files: ReadonlyMap<string, string>;
  /** What keeps it from being read as text. */
  readonly faults: readonly Problem[];
}

/** Reads procedures that were written for other tools; writes nothing. */
export interface ProcedureImporter {
  readonly formats: readonly string[];
  import(text: string, fileName: string, options: { readonly format?: string; readonly key?: string }): Result<readonly ImportedProcedure[]>;
}

export interface ImportedProcedure {
  readonly key: string;
  readonly title: string;
  /** `runbook.yaml` and the scripts beside it, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** Every piece of the source is in exactly one of these three lists. */
  readonly understood: readonly ImportNote[];
  readonly manual: readonly ImportNote[];
  readonly unplaced: readonly ImportNote[];
}

export interface ImportNote {
  /** 1-based; null where the format does not tell. */
  readonly line: number | null;
  readonly what: string;
  /** Id of the step, or a place in the head. */
  readonly became: string | null;
  readonly why: string;
}
