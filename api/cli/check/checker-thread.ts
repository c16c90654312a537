// The other side of a checker: a thread that answers every message of runbooks with what is wrong in each.
import { parentPort, workerData } from 'node:worker_threads';
import type { LintContext } from '../../domain/runbook/lint/lint-subject.ts';
import type { RunbookOnDisk } from '../parts.ts';
import { problemsOf } from './check-runbook.ts';

const context: LintContext = workerData;

parentPort?.on('message', (runbooks: readonly RunbookOnDisk[]) => {
  const problems = runbooks.map((runbook) => problemsOf(runbook, context));
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(problems);
});
