// The files that stood beside a revision, from what was read into its steps.
import { parseRunbook } from '../domain/runbook/parse-runbook.ts';
import type { Revision } from '../domain/runbook/revision.ts';
import { SOURCE_NAME } from './runbook-text.ts';

/** A text that no file has: where it turns up, the file of that name was read in. */
const MARK = 'muster-file ';
/** File names as the source writes them: `script: a.sh`, `{file: b.conf, …}`, with or without quotes. */
const NAMED = /(?:script|file)['"]?\s*:\s*['"]?([A-Za-z0-9_][A-Za-z0-9._/-]*)/g;

/**
 * By name. A revision keeps its source and its steps with every file read in, not the files: the source is read once more with a mark
 * for each file, and what stands in the stored steps at the place of a mark is the file. Files that the source does not use are not
 * part of a revision.
 */
export function filesOfRevision({ source, runbook }: Pick<Revision, 'source' | 'runbook'>): Readonly<Record<string, string>> {
  const names = new Set([...source.matchAll(NAMED)].map(([, name]) => name ?? ''));
  if (names.size === 0) return {};
  const marked = parseRunbook(source, SOURCE_NAME, new Map([...names].map((name) => [name, `${MARK}${name}`])));
  const files: Record<string, string> = {};
  if (marked.runbook !== null) collect(marked.runbook, runbook, files);
  return files;
}

function collect(marked: unknown, stored: unknown, files: Record<string, string>): void {
  if (typeof marked === 'string') {
    if (marked.startsWith(MARK) && typeof stored === 'string') files[marked.slice(MARK.length)] = stored;
    return;
  }
  if (typeof marked !== 'object' || marked === null || typeof stored !== 'object' || stored === null) return;
  for (const [key, value] of Object.entries(marked)) collect(value, Reflect.get(stored, key), files);
}
