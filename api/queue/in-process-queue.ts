// The queue of one process: what is added is done here, in its turn.
import { doJob, keyOf, type Job, type JobHandlers, type WorkQueue } from '../application/work.ts';

export function createInProcessQueue(onError: (error: unknown, job: Job) => void): WorkQueue {
  const waiting = new Map<string, Job>();
  const running = new Set<Promise<void>>();
  let handlers: JobHandlers | null = null;
  let isStopped = false;

  function doWaiting(): void {
    if (handlers === null || isStopped) return;
    for (const [key, job] of waiting) {
      waiting.delete(key);
      const work: Promise<void> = doJob(handlers, job)
        .catch((error: unknown) => onError(error, job))
        .finally(() => running.delete(work));
      running.add(work);
    }
  }

  return {
    add(job) {
      waiting.set(keyOf(job), job);
      doWaiting();
      return Promise.resolve();
    },
    work(given) {
      handlers = given;
      doWaiting();
      return Promise.resolve();
    },
    async stop() {
      isStopped = true;
      await Promise.all(running);
    },
  };
}
