// What became of a changed runbook: refused with a place, the same as before, or another valid one. Anything else fails.
import { readFileSync, readdirSync } from 'node:fs';
import { expect } from 'vitest';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../../../api/domain/runbook/revision.ts';
import { decodeRunbookText } from '../../../../api/domain/runbook/source-text.ts';
import type { Draw } from './written-runbook-text-mutations.ts';
import { sentence } from './written-runbook.ts';

export interface Shipped {
  readonly key: string;
  readonly text: string;
  readonly files: ReadonlyMap<string, string>;
  readonly hash: string;
}

/** The runbooks that the app comes with, each with the files beside it. */
export function shippedRunbooks(): readonly Shipped[] {
  const root = new URL('../../../../runbooks/', import.meta.url);
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => {
    const folder = new URL(`${name}/`, root);
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const files = new Map(names.map((file) => [file.name, readFileSync(new URL(file.name, folder), 'utf8')]));
    const text = files.get('runbook.yaml') ?? '';
    const { runbook, problems } = parseRunbook(text, 'runbook.yaml', files);
    if (runbook === null) throw new Error(problems.map(sentence).join('\n'));
    return { key: name, text, files, hash: revisionHash(runbook) };
  });
}

/** One of them, the short ones more often: what can go wrong in a line is the same in a long one, and takes longer to find. */
export function oneOf(shipped: readonly Shipped[], draw: Draw): Shipped {
  const heaviest = Math.min(...shipped.map(({ text }) => text.length));
  for (;;) {
    const one = shipped[draw(shipped.length)];
    if (one === undefined) throw new Error('there are no shipped runbooks');
    if (draw(one.text.length) < heaviest) return one;
  }
}

export type Outcome = 'refused' | 'equal' | 'another';

export function outcomeOf(text: string, { files, hash }: Shipped): Outcome {
  const { runbook, problems } = parseRunbook(text, 'runbook.yaml', files);
  if (runbook === null) {
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expectSentence(problem);
    return 'refused';
  }
  expect(problems).toEqual([]);
  // Valid is what has a hash: canonical, and so free of all that canonical text cannot say.
  return revisionHash(runbook) === hash ? 'equal' : 'another';
}

export function outcomeOfBytes(bytes: Uint8Array, shipped: Shipped): Outcome {
  const read = decodeRunbookText(bytes);
  if ('text' in read) return outcomeOf(read.text, shipped);
  const { code, message, place, remedy } = read.problem;
  expectSentence({ code, message: `The file ${message}.`, remedy, ...place });
  return 'refused';
}

function expectSentence(problem: {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly line?: number;
  readonly column?: number;
}): void {
  const { code, message, remedy, line = 0, column = 0 } = problem;
  const isWhole = line >= 1 && column >= 1 && /^[a-z][a-z-]+$/.test(code) && /^[^]+[.?]$/.test(message) && /^[^]+[.?]$/.test(remedy);
  if (!isWhole) expect(problem).toBe('a sentence with a code, a line, a column and a remedy');
}
