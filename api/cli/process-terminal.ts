// The terminal of this process.
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import type { Terminal } from './terminal.ts';

/** NO_COLOR, when set to anything, turns colour off (no-color.org). */
export function processTerminal(): Terminal {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    isColourful: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '',
    askSecret: async (question) => (process.stdin.isTTY ? askHidden(question) : null),
    readInput: () => text(process.stdin),
  };
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
