// Sends what waits to be told about schedules, and tries again for a while where a channel does not take it.
import type { App } from './app.ts';

/** Null when the channel took it, or else a sentence on why not. */
export type Post = (channel: string, message: string, signal: AbortSignal) => Promise<string | null>;

const AT_ONCE = 20;
const POST_TIMEOUT_MS = 20_000;
/** Longer than a post may take, so that nobody sends the same one meanwhile; longer each time. */
const RETRY_AFTER_MS = 60_000;
/** Together a quarter of an hour at least: then a person has to look at the channel. */
const MOST_TRIES = 10;

/** Gives how many went out. */
export async function sendScheduleAlerts(app: Pick<App, 'database' | 'clock'>, post: Post): Promise<number> {
  const now = app.clock();
  const alerts = await app.database.write((stores) => stores.scheduleAlerts.take(now, now + RETRY_AFTER_MS, AT_ONCE));
  let sent = 0;
  for (const { number, channel, message, tries, schedule } of alerts) {
    const failure = await post(channel, message, AbortSignal.timeout(POST_TIMEOUT_MS));
    if (failure === null) sent += 1;
    if (failure !== null && tries < MOST_TRIES) continue;
    await app.database.write(async (stores) => {
      await stores.scheduleAlerts.close(number, failure);
      if (failure === null) return;
      await stores.history.append({
        at: app.clock(),
        by: null,
        type: 'schedule.alert-failed',
        subject: schedule,
        data: { channel, reason: failure },
      });
    });
  }
  return sent;
}
