// What pull has done with one runbook, as lines for people.
import { diffText } from '../formats/diff-text.ts';
import type { Terminal } from '../terminal.ts';
import type { PullOutcome } from './pull-into.ts';
import { printSync } from './sync-line.ts';

export function showPulled(terminal: Terminal, { kind, revision, file, diff }: PullOutcome, isPreview: boolean): void {
  const { key } = revision.runbook;
  const writes = isPreview ? 'would be written to' : 'written to';
  switch (kind) {
    case 'new':
    case 'updated':
      printSync(terminal, 'changed', [key, `revision ${revision.number} ${writes} ${file}.`]);
      return;
    case 'unchanged':
      printSync(terminal, 'same', [key, `is as in the app (revision ${revision.number}).`]);
      return;
    case 'conflict':
      printSync(terminal, 'wrong', [
        key,
        `${file} was changed since the last push or pull, so it is left as it is. From there to revision ${revision.number}:`,
      ]);
      for (const line of diff === null ? ['(what is there cannot be read as a runbook, or is another file)'] : diffText(terminal, diff))
        terminal.out(`    ${line}`);
      terminal.out('    Keep yours with muster push, or take this one with muster pull --force.');
  }
}
