// Reads one runbook from disk: its text and the files beside it, and what keeps them from being read as text.
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../domain/errors.ts';
import { LARGEST_FILE_BYTES, decodeRunbookText, type TextFault } from '../../domain/runbook/source-text.ts';

export const FILE_NAME = 'runbook.yaml';

export interface RunbookFiles {
  /** Path of the runbook itself, as it is shown. */
  readonly file: string;
  readonly source: string;
  /** The texts beside it by name. */
  readonly files: ReadonlyMap<string, string>;
  /** Not empty when the runbook, or a file that it names, is no text. */
  readonly faults: readonly Problem[];
}

/**
 * The files of the runbooks at a place: the file itself, the runbook of a folder, or those of the folders in it, in the order of names.
 * Null when there is nothing at that place that can be read.
 */
export async function findRunbookFiles(place: string): Promise<readonly string[] | null> {
  const found = await stat(place).catch(() => null);
  if (found === null) return null;
  if (found.isFile()) return [place];
  const entries = await readdir(place, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  if (entries.some((entry) => entry.name === FILE_NAME)) return [join(place, FILE_NAME)];
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(place, entry.name));
  const files: string[] = [];
  for (const folder of folders.toSorted()) {
    const names = await readdir(folder).catch((): readonly string[] => []);
    if (names.includes(FILE_NAME)) files.push(join(folder, FILE_NAME));
  }
  return files;
}

/** Throws when the runbook itself cannot be read. */
export async function readRunbookFiles(file: string): Promise<RunbookFiles> {
  const own = decodeRunbookText(await readBytes(file));
  if ('problem' in own) return { file, source: '', files: new Map(), faults: [toFault(own.problem, file)] };
  const source = own.text;
  const files = new Map<string, string>();
  const faults: Problem[] = [];
  for (const name of await namesBeside(file)) {
    const decoded = decodeRunbookText(await readBytes(join(dirname(file), name)));
    if ('text' in decoded) files.set(name, decoded.text);
    // Pictures and dumps may lie beside a runbook; they matter only where it names them.
    else if (source.includes(name)) faults.push(toFault(decoded.problem, join(dirname(file), name)));
  }
  return { file, source, files, faults };
}

async function namesBeside(file: string): Promise<readonly string[]> {
  const entries = await readdir(dirname(file), { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name !== basename(file)).map(({ name }) => name);
}

/** One byte more than is allowed says that it is too large; a dump beside the runbook is not read to its end. */
async function readBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(Math.min(size, LARGEST_FILE_BYTES + 1));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function toFault({ code, message, remedy, place }: TextFault, file: string): Problem {
  return { code, severity: 'error', message: `The file ${message}.`, remedy, file, ...place };
}
