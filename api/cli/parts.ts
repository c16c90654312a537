// What the verbs are given by the composition root.
import type { ImportedPortfolio } from '../application/import-portfolio.ts';
import type { Clock, PasswordHasher } from '../application/ports.ts';
import type { Database } from '../application/stores.ts';
import type { Terminal } from './terminal.ts';

export interface CliParts {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly passwords: PasswordHasher;
  /** Null when there is no database yet; `makes` says to make it then. Migrated to this version. */
  readonly openDatabase: (options: { readonly makes: boolean }) => Promise<OpenedDatabase>;
  readonly parsePortfolio: (text: string, fileName: string) => ImportedPortfolio;
}

export type OpenedDatabase =
  | { readonly kind: 'open'; readonly database: Database }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] };
