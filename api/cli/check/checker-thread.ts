// The other side of a checker: a thread that answers every message of runbooks with what is wrong in each.
import { parentPort } from 'node:worker_threads';
import type { RunbookOnDisk } from '../parts.ts';
import { problemsOf } from './check-runbook.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', (runbooks: readonly RunbookOnDisk[]) => parentPort?.postMessage(runbooks.map(problemsOf)));
