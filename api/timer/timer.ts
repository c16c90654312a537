// The alarm clock; ALL of node-schedule. It only wakes the app: what is due is read from the database each time, so a lost alarm loses nothing.
import { scheduleJob, type Job } from 'node-schedule';
import { oneAtATime } from './one-at-a-time.ts';
import { TimerError } from './timer-error.ts';

export interface Alarm {
  /** Named in problems. */
  readonly id: string;
  /** Five-field cron expression. */
  readonly cron: string;
  /** IANA time zone name. */
  readonly zone: string;
}

export interface TimerSettings {
  /** Read anew before each wake, so that new and paused schedules are followed. */
  readonly alarms: () => Promise<readonly Alarm[]>;
  readonly onWake: () => Promise<void>;
  /** Gets what `alarms` and `onWake` throw, and once a TimerError for each alarm whose rule cannot be set. The clock goes on. */
  readonly onError: (error: unknown) => void;
}

export interface Timer {
  /** Wakes now; resolves when that wake is over. */
  wake(): Promise<void>;
  /** No wake after this; resolves when a running one is over. */
  stop(): Promise<void>;
}

/** Bounds how late a due time is noticed when its own alarm fails; beside the full minute, where alarms ring. */
const SCAN_RULE = '7,22,37,52 * * * * *';

/** Wakes at once, at the due times of the alarms and every 15 seconds, one wake at a time. */
export function startTimer(settings: TimerSettings): Timer {
  const jobs = new Map<string, Job | null>();
  let isStopped = false;

  const wake = oneAtATime(async () => {
    if (isStopped) return;
    try {
      const alarms = await settings.alarms();
      if (isStopped) return;
      follow(alarms, jobs, { onAlarm, onError: settings.onError });
      await settings.onWake();
    } catch (error) {
      settings.onError(error);
    }
  });
  const onAlarm = (): void => void wake();

  const scan = setAlarm({ id: 'scan', cron: SCAN_RULE, zone: 'UTC' }, onAlarm);
  void wake();
  return {
    wake,
    async stop() {
      isStopped = true;
      scan.cancel();
      for (const job of jobs.values()) job?.cancel();
      jobs.clear();
      await wake();
    },
  };
}

interface AlarmHandlers {
  readonly onAlarm: () => void;
  readonly onError: (error: unknown) => void;
}

/** Sets the alarms that are new and cancels those that are gone. A null stands for one that was found to be bad, and is told once. */
function follow(alarms: readonly Alarm[], jobs: Map<string, Job | null>, handlers: AlarmHandlers): void {
  const wanted = new Map(alarms.map((alarm) => [`${alarm.id} ${alarm.zone} ${alarm.cron}`, alarm]));
  for (const [key, job] of jobs) {
    if (wanted.has(key)) continue;
    job?.cancel();
    jobs.delete(key);
  }
  for (const [key, alarm] of wanted) {
    if (jobs.has(key)) continue;
    try {
      jobs.set(key, setAlarm(alarm, handlers.onAlarm));
    } catch (error) {
      jobs.set(key, null);
      handlers.onError(error);
    }
  }
}

/** Throws a TimerError where node-schedule gives null. */
function setAlarm({ id, cron, zone }: Alarm, onAlarm: () => void): Job {
  const problem = `The alarm of ${id} cannot be set: "${cron}" in ${zone} is no rule. Mend the schedule; until then it is looked at every 15 seconds.`;
  let job: Job | null;
  try {
    job = scheduleJob({ rule: cron, tz: zone }, onAlarm);
  } catch (error) {
    throw new TimerError(problem, error);
  }
  if (job === null) throw new TimerError(problem);
  return job;
}
