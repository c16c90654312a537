// One look at all schedules: what is due, what must be asked for ahead, what would fail, and who must be told.
import type { App } from './app.ts';
import { assessReadiness } from './assess-readiness.ts';
import { planAhead } from './plan-ahead.ts';
import { runDueOccurrences, type ScanReport } from './run-due-occurrences.ts';
import { runPreflights } from './run-preflights.ts';
import { ScheduleView } from './schedule-view.ts';
import { sendScheduleAlerts, type Post } from './send-schedule-alerts.ts';

/** What is ahead needs no look every 15 seconds. */
const AHEAD_EVERY_MS = 60_000;

export interface KeeperSettings {
  readonly app: App;
  readonly post: Post;
  readonly onFailures: (failures: ScanReport['failures']) => void;
  /** Looking ahead failed; it is tried again. */
  readonly onAheadError: (error: unknown) => void;
}

export interface ScheduleKeeper {
  /** Handles what is due. Looking ahead, which asks hosts and sends messages, goes on behind it and holds nothing up. */
  look(): Promise<void>;
  /** Resolves when a look ahead that is under way is over. */
  stop(): Promise<void>;
}

export function keepSchedules({ app, post, onFailures, onAheadError }: KeeperSettings): ScheduleKeeper {
  let aheadAt: number | null = null;
  let running: Promise<void> | null = null;

  async function lookAhead(): Promise<void> {
    const now = app.clock();
    // Also when the clock went back.
    if (aheadAt === null || Math.abs(now - aheadAt) >= AHEAD_EVERY_MS) {
      aheadAt = now;
      await planAhead(app, new ScheduleView(app));
      // A preflight lets go of a plan that is out of date; the new one is asked for at once.
      if ((await runPreflights(app, new ScheduleView(app))) > 0) await planAhead(app, new ScheduleView(app));
    }
    await sendScheduleAlerts(app, post);
  }

  return {
    async look() {
      const report = await runDueOccurrences(app);
      if (report.failures.length > 0) onFailures(report.failures);
      if (report.missed > 0) await assessReadiness(app);
      running ??= lookAhead()
        .catch(onAheadError)
        .finally(() => {
          running = null;
        });
    },
    async stop() {
      await running;
    },
  };
}
