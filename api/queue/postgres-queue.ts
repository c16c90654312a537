// The queue of many processes: graphile-worker on the same PostgreSQL database, in a schema of its own.
import { setTimeout as delay } from 'node:timers/promises';
import { Logger, makeWorkerUtils, run, type Runner, type TaskList, type WorkerUtils } from 'graphile-worker';
import { Pool } from 'pg';
import { doJob, keyOf, type Job, type JobHandlers, type WorkQueue } from '../application/work.ts';

const SCHEMA = 'muster_queue';
/** Jobs are short: a drill is taken in hand by one and run outside of it. */
const JOBS_AT_ONCE = 4;
/** One for each job, one that listens, one that adds. */
const MAX_CONNECTIONS = JOBS_AT_ONCE + 2;
const CONNECT_TIMEOUT_MS = 10_000;
/** For jobs that nobody announced; new ones are announced. */
const POLL_EVERY_MS = 2_000;
/** What a job is about is found again anyway, so a failing one need not be tried for days. */
const MAX_TRIES = 3;
/** Before the runner is started again, when it ended because the database was away. */
const RESTART_PAUSE_MS = 1_000;
/** A job that is cut short here is found again. */
const STOP_TIMEOUT_MS = 5_000;

export interface QueueLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface PostgresQueueSettings {
  readonly url: string;
  readonly log: QueueLog;
}

/** Brings the queue's schema up to date. Throws the driver's error when the server cannot be reached. */
export async function openPostgresQueue({ url, log }: PostgresQueueSettings): Promise<WorkQueue> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'muster queue',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Replaced at its next use, which speaks up when that fails.
  pool.on('error', () => undefined);
  // Each connection that is lent out must listen too, or its end would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const shared = { pgPool: pool, schema: SCHEMA, logger: loggerFor(log) };
  let utils: WorkerUtils;
  try {
    utils = await makeWorkerUtils(shared);
    await utils.migrate();
  } catch (error) {
    await pool.end();
    throw error;
  }
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();

  return {
    async add(job) {
      await utils.addJob(job.task, job, { jobKey: keyOf(job), maxAttempts: MAX_TRIES });
    },
    work(handlers) {
      const started = Promise.withResolvers<void>();
      working = workOnAndOn(handlers, started.resolve);
      return started.promise;
    },
    async stop() {
      stopping.abort();
      await working;
      await utils.release();
      await pool.end();
    },
  };

  /** A runner that has lost its database ends for good: then there is a new one. */
  async function workOnAndOn(handlers: JobHandlers, onStarted: () => void): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const runner = await startRunner(handlers);
        onStarted();
        await endOf(runner);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error }, 'The queue of work stopped; it is started again.');
      }
      await delay(RESTART_PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined); // the loop's condition sees the end
    }
  }

  function startRunner(handlers: JobHandlers): Promise<Runner> {
    const tasks: TaskList = Object.fromEntries(
      (['take-drill', 'look-at-schedules'] as const).map((task) => [task, (payload: unknown) => doJob(handlers, readJob(task, payload))]),
    );
    return run({
      ...shared,
      taskList: tasks,
      parsedCronItems: [],
      concurrency: JOBS_AT_ONCE,
      pollInterval: POLL_EVERY_MS,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: STOP_TIMEOUT_MS,
    });
  }

  async function endOf(runner: Runner): Promise<void> {
    const stop = (): void => void runner.stop().catch(() => undefined); // its promise says how it ended
    stopping.signal.addEventListener('abort', stop);
    try {
      if (stopping.signal.aborted) stop();
      await runner.promise;
    } finally {
      stopping.signal.removeEventListener('abort', stop);
    }
  }
}

/** What lies in the queue may come from another version. */
function readJob(task: Job['task'], payload: unknown): Job {
  if (task === 'look-at-schedules') return { task };
  const drill = typeof payload === 'object' && payload !== null && 'drill' in payload ? payload.drill : null;
  if (typeof drill !== 'string') throw new TypeError(`A job ${task} came without its drill.`);
  return { task, drill };
}

/** Its chatter is left out; what it warns of goes to our log. */
function loggerFor(log: QueueLog): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ from: 'queue' }, message);
    else if (level === 'warning') log.warn({ from: 'queue' }, message);
  });
}
