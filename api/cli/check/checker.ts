// A thread that checks runbooks, as seen from the thread that started it.
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Problem } from '../../domain/errors.ts';
import type { LintContext } from '../../domain/runbook/lint/lint-subject.ts';
import type { RunbookOnDisk } from '../parts.ts';

export interface Checker {
  /** One list of problems for each runbook. One call at a time. */
  check(runbooks: readonly RunbookOnDisk[]): Promise<readonly (readonly Problem[])[]>;
  stop(): Promise<void>;
}

export function startChecker(context: LintContext): Checker {
  // From the sources and from the build alike.
  const worker = new Worker(new URL(`./checker-thread${extname(import.meta.url)}`, import.meta.url), { workerData: context });
  return {
    async check(runbooks) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(runbooks);
      // Rejects when the thread ends with an error.
      const [problems] = await once(worker, 'message');
      return problems;
    },
    stop: async () => void (await worker.terminate()),
  };
}
