// Writes one revision into the folder of the runbooks, when that overwrites nothing that somebody has changed there.
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesOfRevision } from '../../application/runbook-files.ts';
import { diffRunbooks } from '../../domain/runbook/diff/diff-runbooks.ts';
import type { RunbookDiff } from '../../domain/runbook/diff/runbook-diff.ts';
import type { Revision } from '../../domain/runbook/revision.ts';
import type { RunbookReader } from '../parts.ts';
import { writeWhole } from '../write-whole.ts';
import { readBases, textHash, writeBases, type Bases } from './base-file.ts';
import { readLocal, type LocalRunbook } from './local-runbooks.ts';

export interface PullOutcome {
  readonly kind: 'new' | 'updated' | 'unchanged' | 'conflict';
  readonly revision: Revision;
  readonly file: string;
  /** From what is in the folder to the revision, where both can be read and differ in meaning. */
  readonly diff: RunbookDiff | null;
}

export interface PullInto {
  readonly folder: string;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export async function pullInto(reader: RunbookReader, revision: Revision, { folder, force, dryRun }: PullInto): Promise<PullOutcome> {
  const { key } = revision.runbook;
  const local = await findLocal(reader, folder, key);
  const file = local?.file ?? join(folder, key, 'runbook.yaml');
  const files = filesOfRevision(revision);
  const bases = await readBases(folder);
  const isForeign = Object.keys(files).some((name) => basename(name) !== name);
  if (isForeign) throw new Error(`revision ${revision.number} of ${key} names a file that is not beside it`);
  const kind = await judge({ local, revision, bases, files, file });
  const outcome = (final: PullOutcome['kind']): PullOutcome => ({ kind: final, revision, file, diff: diffOf(local, revision) });
  if (dryRun || (kind === 'conflict' && !force)) return outcome(kind);
  if (kind !== 'unchanged') {
    await mkdir(dirname(file), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeWhole(join(dirname(file), name), text);
    await writeWhole(file, revision.source);
  }
  const text = kind === 'unchanged' && local?.meaning ? local.meaning.text : textHash(revision.source, files);
  await writeBases(folder, bases.set(key, { revision: revision.hash, text }));
  return outcome(kind === 'conflict' ? 'updated' : kind);
}

/** By what the texts say; one with errors by the name of its folder. */
async function findLocal(reader: RunbookReader, folder: string, key: string): Promise<LocalRunbook | null> {
  for (const file of (await reader.find(folder)) ?? []) {
    const local = await readLocal(reader, file);
    if (local.key === key) return local;
  }
  return null;
}

interface Judged {
  readonly local: LocalRunbook | null;
  readonly revision: Revision;
  readonly bases: Bases;
  readonly files: Readonly<Record<string, string>>;
  readonly file: string;
}

async function judge({ local, revision, bases, files, file }: Judged): Promise<PullOutcome['kind']> {
  if (local?.meaning?.hash === revision.hash) return 'unchanged';
  const own = local === null ? [] : [basename(local.file)];
  const isUntouched = local?.meaning !== null && local?.meaning !== undefined && bases.get(revision.runbook.key)?.text === local.meaning.text;
  if (local !== null && !isUntouched) return 'conflict';
  // Scripts that the runbook in the folder uses are in its hash; others of the same name are somebody's own.
  const used = local?.meaning ? filesOfRevision({ source: local.source, runbook: local.meaning.runbook }) : {};
  for (const [name, text] of Object.entries(files)) {
    if (own.includes(name) || used[name] !== undefined) continue;
    const there = await readFile(join(dirname(file), name), 'utf8').catch(() => null);
    if (there !== null && there !== text) return 'conflict';
  }
  return local === null ? 'new' : 'updated';
}

function diffOf(local: LocalRunbook | null, revision: Revision): RunbookDiff | null {
  if (!local?.meaning || local.meaning.hash === revision.hash) return null;
  return diffRunbooks(local.meaning.runbook, revision.runbook);
}
