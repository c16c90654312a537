// What can go wrong with the database, as one class: a code to branch on, a sentence for people, the driver's error as cause.
import { StorageError, type StorageTrouble } from '../application/storage-error.ts';

export type DatabaseErrorCode =
  /** A newer version of Muster has changed the schema. */
  | 'NEWER_SCHEMA'
  /** Another process has the SQLite file. */
  | 'IN_USE'
  /** The server cannot be reached or lets us in no more. */
  | 'UNREACHABLE'
  /** What was named is no database that can be used: wrong folder, wrong file, settings that do not hold. */
  | 'UNUSABLE'
  /** What was being written is not stored: there is no space. */
  | 'DISK_FULL'
  /** What was being written is not stored: an I/O error, or a limit. */
  | 'NOT_STORED'
  /** A row that must be there is not. */
  | 'NOT_FOUND'
  /** A journal entry that would leave a hole or a double. */
  | 'JOURNAL_ORDER'
  /** A page cursor that was not given out here. */
  | 'BAD_CURSOR'
  /** A mistake in the calling code, such as a write inside a write. */
  | 'MISUSED';

const TROUBLES: Readonly<Partial<Record<DatabaseErrorCode, StorageTrouble>>> = {
  DISK_FULL: 'disk-full',
  NOT_STORED: 'failing',
  UNREACHABLE: 'unreachable',
};

export class DatabaseError extends StorageError {
  readonly code: DatabaseErrorCode;
  readonly trouble: StorageTrouble | null;

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DatabaseError';
    this.code = code;
    this.trouble = TROUBLES[code] ?? null;
  }
}

/** The driver's own words, for the end of a sentence. Several attempts at once (IPv4 and IPv6) come without a message of their own. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reasonOf).join(', ');
  return cause instanceof Error ? cause.message : String(cause);
}

/** The driver's code (`SQLITE_BUSY`, `ECONNREFUSED`, `53100`), or an empty text. */
export function driverCodeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
