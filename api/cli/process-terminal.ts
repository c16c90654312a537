// The terminal of this process.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Terminal } from './terminal.ts';

/** What fits a page of a merge request, where no terminal says how wide it is. */
const DEFAULT_COLUMNS = 120;

/** NO_COLOR, when set to anything, turns colour off (no-color.org). */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  stdout.on('error', endWithReader);
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    isColourful: stdout.isTTY && (process.env.NO_COLOR ?? '') === '',
    columns: stdout.isTTY ? stdout.columns : DEFAULT_COLUMNS,
    ask: async (question) => (stdin.isTTY ? askOpenly(question) : null),
    askSecret: async (question) => (stdin.isTTY ? askHidden(question) : null),
    readInput: () => text(stdin),
  };
}

/** `muster lint | head` ends when the reader has seen enough, and that is nobody's fault. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** On stderr, so that what a verb prints can be piped while it asks. */
async function askOpenly(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** Readline echoes what is typed into its output, so that one goes nowhere. */
async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
