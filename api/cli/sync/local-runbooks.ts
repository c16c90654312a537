// The runbooks of a folder as push and pull see them: what each means, and the texts that it consists of.
import { basename, dirname } from 'node:path';
import { filesOfRevision } from '../../application/runbook-files.ts';
import type { Problem } from '../../domain/errors.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../domain/runbook/revision.ts';
import type { Runbook } from '../../domain/runbook/runbook.ts';
import type { RunbookReader } from '../parts.ts';
import { textHash } from './base-file.ts';

export interface LocalRunbook {
  readonly file: string;
  /** As the text says; the name of its folder when it has errors. */
  readonly key: string;
  readonly source: string;
  /** Null when there are problems. */
  readonly meaning: { readonly runbook: Runbook; readonly hash: string; readonly text: string } | null;
  readonly problems: readonly Problem[];
}

export async function readLocal(reader: RunbookReader, file: string): Promise<LocalRunbook> {
  const { source, files, faults } = await reader.read(file);
  const folderName = basename(dirname(file));
  if (faults.length > 0) return { file, key: folderName, source, meaning: null, problems: faults };
  const { runbook, problems } = parseRunbook(source, file, files);
  if (runbook === null) return { file, key: folderName, source, meaning: null, problems };
  const text = textHash(source, filesOfRevision({ source, runbook }));
  return { file, key: runbook.key, source, meaning: { runbook, hash: revisionHash(runbook), text }, problems };
}
