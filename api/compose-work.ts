// The part of the composition root that is about work: how it is handed out, and what a worker does.
import type { App } from './application/app.ts';
import { keepSchedules } from './application/keep-schedules.ts';
import type { Post } from './application/send-schedule-alerts.ts';
import type { WorkQueue } from './application/work.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { createInProcessQueue } from './queue/in-process-queue.ts';
import { openPostgresQueue } from './queue/postgres-queue.ts';
import { alarmsOf } from './timer/alarms-of.ts';
import { startTimer } from './timer/timer.ts';

interface WorkSettings {
  readonly config: Config;
  readonly log: Log;
}

/** Work is handed out among the processes on one PostgreSQL; with SQLite it stays in this one. */
export async function openQueue({ config, log }: WorkSettings): Promise<WorkQueue> {
  const { database } = config;
  if (database.kind === 'postgres') return openPostgresQueue({ url: database.url, log });
  return createInProcessQueue((error, job) => log.error({ err: error, job }, 'A piece of work failed.'));
}

interface Work {
  readonly app: App;
  readonly queue: WorkQueue;
  readonly post: Post;
}

/** Takes drills in hand and keeps schedules: the alarm clock of every worker rings, and one of them looks. */
export async function doWork({ log }: WorkSettings, { app, queue, post }: Work): Promise<{ stop(): Promise<void> }> {
  const keeper = keepSchedules({
    app,
    post,
    onFailures: (failures) => {
      for (const { schedule, error } of failures) log.error({ schedule, err: error }, 'A schedule could not be handled; it is tried again.');
    },
    onAheadError: (error) => log.error({ err: error }, 'Looking ahead at schedules failed; it is tried again.'),
  });
  await queue.work({ takeDrill: (drill) => app.engine.take(drill), lookAtSchedules: () => keeper.look() });
  const timer = startTimer({
    alarms: async () => (await app.database.stores.schedules.list()).filter((schedule) => schedule.isActive).flatMap(alarmsOf),
    onWake: () => queue.add({ task: 'look-at-schedules' }),
    onError: (error) => log.error({ err: error }, 'The timer had a problem; it goes on.'),
  });
  return {
    async stop() {
      await timer.stop();
      await keeper.stop();
    },
  };
}
