// What an error of the database means to those who use it: whether nothing can be stored for now, and why.

export const STORAGE_TROUBLES = ['disk-full', 'failing', 'unreachable'] as const;
/** Why nothing can be stored for now. Each of them passes without a restart once its cause is mended. */
export type StorageTrouble = (typeof STORAGE_TROUBLES)[number];

/** Thrown by databases. */
export abstract class StorageError extends Error {
  /** Null for what does not pass by itself. */
  abstract readonly trouble: StorageTrouble | null;
}

export function troubleOf(error: unknown): StorageTrouble | null {
  return error instanceof StorageError ? error.trouble : null;
}

/** What happened and what to do, for those who may not see where the database is. */
export function explainTrouble(trouble: StorageTrouble): string {
  switch (trouble) {
    case 'disk-full':
      return 'Nothing can be stored at the moment: the disk of the database is full. Free some space on it; Muster goes on by itself.';
    case 'failing':
      return 'Nothing can be stored at the moment: the database or its disk fails. Look at the log of Muster; it goes on by itself once writing works.';
    case 'unreachable':
      return 'Nothing can be stored at the moment: the database cannot be reached. Look at its server; Muster goes on by itself.';
  }
}
