// Work that is handed to one of the processes that take it.

/** What is to be done; `take-drill` is a hint, and the lease decides who has it. */
export type Job = { readonly task: 'take-drill'; readonly drill: string } | { readonly task: 'look-at-schedules' };

export interface JobHandlers {
  takeDrill(drill: string): Promise<void>;
  lookAtSchedules(): Promise<void>;
}

/**
 * Each job is done by one process, soon after it was added; the same job added again before it began is done once. A job whose process is
 * killed may be lost, so whatever must not be lost is found again in the database: drills by their leases, due times by the next look.
 */
export interface WorkQueue {
  /** Rejects when it could not be handed out. */
  add(job: Job): Promise<void>;
  /** Does work from now on, until it is stopped. */
  work(handlers: JobHandlers): Promise<void>;
  /** Resolves when what was begun is done. */
  stop(): Promise<void>;
}

export function keyOf(job: Job): string {
  return job.task === 'take-drill' ? `take-drill ${job.drill}` : job.task;
}

export function doJob(handlers: JobHandlers, job: Job): Promise<void> {
  switch (job.task) {
    case 'take-drill':
      return handlers.takeDrill(job.drill);
    case 'look-at-schedules':
      return handlers.lookAtSchedules();
  }
}
