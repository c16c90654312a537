// The runbook files that the words of a command name, or a sentence on what is not there.
import type { RunbookReader } from './parts.ts';
import type { Terminal } from './terminal.ts';

interface Asked {
  readonly terminal: Pick<Terminal, 'err'>;
  readonly reader: RunbookReader;
}

/** Each file once, in the order in which they are named. Null after it was said what cannot be found. */
export async function filesAt({ terminal, reader }: Asked, places: readonly string[]): Promise<readonly string[] | null> {
  const files = new Set<string>();
  for (const place of places) {
    const found = await reader.find(place);
    if (found === null) {
      terminal.err(`There is no file or folder ${place} that can be read. Check its name.`);
      return null;
    }
    if (found.length === 0) {
      terminal.err(`There is no runbook.yaml in ${place} or in a folder of it. Begin one with muster new.`);
      return null;
    }
    for (const file of found) files.add(file);
  }
  return [...files];
}
