// Files that were made to exhaust the reader: each is refused with a place, all of them in a process that has little memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from './written-runbook-hostile.ts';

/** Three times what the process needs before it has read anything: a file of 1 MB may not cost a hundred times its size. */
const MOST_HEAP_MB = 192;

describe('hostile files', () => {
  it('are refused with a line, a column and a code, in bounded memory', async () => {
    const reader = fileURLToPath(new URL('./written-runbook-hostile-reader.ts', import.meta.url));
    const child = spawn(process.execPath, [`--max-old-space-size=${MOST_HEAP_MB}`, '--import', '@swc-node/register/esm-register', reader], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [output, faults, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    expect(faults).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toEqual(HOSTILE.map(([name]) => ({ name, isRefused: true, isPlaced: true, isShort: true })));
  }, 180_000);
});
