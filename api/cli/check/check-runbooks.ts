// Many runbooks held against the language: read one after the other, checked on all cores when there are many.
import { availableParallelism } from 'node:os';
import type { Problem } from '../../domain/errors.ts';
import type { LintContext } from '../../domain/runbook/lint/lint-subject.ts';
import type { RunbookOnDisk, RunbookReader } from '../parts.ts';
import { problemsOf } from './check-runbook.ts';
import { startChecker, type Checker } from './checker.ts';

export interface CheckedRunbook {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** Below this a second thread costs more than it saves: it loads the language again. */
const FEW = 100;
/** What one message to a thread holds: enough to keep it busy, small against memory. */
const BATCH = 20;
/** More threads would wait for the disk. */
const MOST_THREADS = 8;

/** In the order of the files. */
export async function checkRunbooks(reader: RunbookReader, files: readonly string[], context: LintContext = {}): Promise<readonly CheckedRunbook[]> {
  if (files.length < FEW) return checkHere(reader, files, context);
  const checkers = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, () => startChecker(context));
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) => files.slice(index * BATCH, (index + 1) * BATCH));
  const results: (readonly CheckedRunbook[])[] = batches.map(() => []);
  // One list of what is left, from which every thread takes when it is free.
  const left = batches.entries();
  const work = async (checker: Checker): Promise<void> => {
    for (const [index, batch] of left) results[index] = pair(batch, await checker.check(await readAll(reader, batch)));
  };
  try {
    await Promise.all(checkers.map(work));
    return results.flat();
  } finally {
    await Promise.all(checkers.map((checker) => checker.stop()));
  }
}

async function checkHere(reader: RunbookReader, files: readonly string[], context: LintContext): Promise<readonly CheckedRunbook[]> {
  const checked: CheckedRunbook[] = [];
  for (const file of files) checked.push({ file, problems: problemsOf(await reader.read(file), context) });
  return checked;
}

async function readAll(reader: RunbookReader, files: readonly string[]): Promise<readonly RunbookOnDisk[]> {
  return Promise.all(files.map((file) => reader.read(file)));
}

function pair(files: readonly string[], problems: readonly (readonly Problem[])[]): readonly CheckedRunbook[] {
  return files.map((file, index) => ({ file, problems: problems[index] ?? [] }));
}
