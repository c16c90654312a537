// A folder of its own for a database file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a database file, removed by the function beside it. */
export function databaseFile(): { readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'muster-drill-'));
  return { file: join(folder, 'muster.db'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
