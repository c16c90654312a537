// The runbooks that a runbook calls, directly or through others: from the folder beside it, or else from the database.
import { dirname } from 'node:path';
import type { Stores } from '../../application/stores.ts';
import type { CalledRevision, FindRevision } from '../../domain/drill/expand-runbook.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../domain/runbook/revision.ts';
import type { Runbook, Step } from '../../domain/runbook/runbook.ts';
import type { RunbookReader } from '../parts.ts';

export interface CalledRunbooks {
  readonly find: FindRevision;
  readonly runbooks: readonly Runbook[];
}

export interface Libraries {
  readonly reader: RunbookReader;
  /** The runbook's own file, when it is on disk. */
  readonly file: string | null;
  readonly stores: Pick<Stores, 'runbooks'> | null;
}

/** What is in the folder counts as approved: nobody has asked yet. Of stored ones, the newest approved, or the newest. */
export async function calledRunbooks(runbook: Runbook, { reader, file, stores }: Libraries): Promise<CalledRunbooks> {
  const found = new Map<string, CalledRevision | null>();
  const open = [...keysCalledBy(runbook)];
  const beside = file === null || open.length === 0 ? new Map<string, CalledRevision>() : await runbooksBeside(reader, file);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    const revision = beside.get(key) ?? (stores === null ? null : await stored(stores, key));
    found.set(key, revision);
    if (revision !== null) open.push(...keysCalledBy(revision.runbook));
  }
  return { find: (key) => found.get(key) ?? null, runbooks: [...found.values()].flatMap((revision) => revision?.runbook ?? []) };
}

async function runbooksBeside(reader: RunbookReader, file: string): Promise<ReadonlyMap<string, CalledRevision>> {
  const found = new Map<string, CalledRevision>();
  for (const path of (await reader.find(dirname(dirname(file)))) ?? []) {
    const { source, files } = await reader.read(path);
    const { runbook } = parseRunbook(source, path, files);
    if (runbook !== null) found.set(runbook.key, { runbook, hash: revisionHash(runbook), isApproved: true });
  }
  return found;
}

async function stored(stores: Pick<Stores, 'runbooks'>, key: string): Promise<CalledRevision | null> {
  const known = await stores.runbooks.find(key);
  const revision = known?.approved ?? known?.latest ?? null;
  return revision === null ? null : { hash: revision.hash, runbook: revision.runbook, isApproved: revision.approvedAt !== null };
}

function keysCalledBy({ steps }: Runbook): readonly string[] {
  return steps.flatMap((step) => [...keyOf(step), ...(typeof step.drill === 'object' ? keyOf(step.drill) : [])]);
}

function keyOf(step: Step): readonly string[] {
  return step.kind === 'call' ? [step.runbook] : [];
}
