// What the folder had at the last push or pull, kept beside its runbooks: without it nobody could tell who has changed what.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../domain/history/canonical-json.ts';
import { writeWhole } from '../write-whole.ts';

export interface Base {
  /** Hash of the revision. */
  readonly revision: string;
  /** Hash of the texts on disk, comments and all. */
  readonly text: string;
}

export type Bases = Map<string, Base>;

/** Relative to the folder of the runbooks. It is committed with them. */
const FILE = join('.muster', 'base.json');
const VERSION = 1;

/** Throws when the file is there and cannot be understood: going on would lose what somebody has written. */
export async function readBases(folder: string): Promise<Bases> {
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return new Map();
  const bases = parse(text);
  if (bases === null)
    throw new BaseFileError(`${path} cannot be understood. Restore it, or remove it: then every difference is shown as a conflict once.`);
  return bases;
}

export class BaseFileError extends Error {
  override readonly name = 'BaseFileError';
}

export async function writeBases(folder: string, bases: Bases): Promise<void> {
  await mkdir(join(folder, '.muster'), { recursive: true });
  const sorted = Object.fromEntries([...bases].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(join(folder, FILE), `${JSON.stringify({ version: VERSION, runbooks: sorted }, null, 2)}\n`);
}

export function textHash(source: string, files: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(canonicalJson({ source, files })).digest('hex');
}

function parse(text: string): Bases | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== VERSION || !('runbooks' in value)) return null;
  if (typeof value.runbooks !== 'object' || value.runbooks === null) return null;
  const bases: Bases = new Map();
  for (const [key, base] of Object.entries(value.runbooks)) {
    if (!isBase(base)) return null;
    bases.set(key, { revision: base.revision, text: base.text });
  }
  return bases;
}

function isBase(value: unknown): value is Base {
  if (typeof value !== 'object' || value === null) return false;
  return 'revision' in value && typeof value.revision === 'string' && 'text' in value && typeof value.text === 'string';
}
