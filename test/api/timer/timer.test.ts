// The alarm clock: wakes at start, on alarms and on demand, one wake at a time, and survives what goes wrong.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimerError } from '../../../api/timer/timer-error.ts';
import { startTimer, type Alarm, type Timer } from '../../../api/timer/timer.ts';

const EVERY_MINUTE: Alarm = { id: 'SC-1', cron: '* * * * *', zone: 'Europe/Berlin' };

describe('startTimer', () => {
  let timer: Timer | null = null;
  const errors: unknown[] = [];
  const woken: number[] = [];

  function start(alarms: () => readonly Alarm[], onWake: () => Promise<void> = async () => {}): Timer {
    timer = startTimer({
      alarms: async () => alarms(),
      onWake: async () => {
        woken.push(Date.now());
        await onWake();
      },
      onError: (error) => errors.push(error),
    });
    return timer;
  }

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 5, 1, 12, 0, 1) });
    errors.length = 0;
    woken.length = 0;
  });

  afterEach(async () => {
    await timer?.stop();
    const left = vi.getTimerCount();
    vi.useRealTimers();
    expect(left).toBe(0);
  });

  it('wakes at once and then every 15 seconds', async () => {
    start(() => []);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(woken.map((at) => new Date(at).toISOString().slice(14, 19))).toEqual(['00:01', '00:07', '00:22', '00:37', '00:52']);
  });

  it('wakes when an alarm is due, between two scans', async () => {
    start(() => [{ ...EVERY_MINUTE, cron: '1 14 * * *' }]);
    await vi.advanceTimersByTimeAsync(65_000);
    expect(woken.map((at) => new Date(at).toISOString().slice(14, 19))).toContain('01:00');
    expect(errors).toEqual([]);
  });

  it('follows schedules that are added and taken away', async () => {
    const alarms: Alarm[] = [];
    const started = start(() => alarms);
    await vi.advanceTimersByTimeAsync(0);
    const before = vi.getTimerCount();
    alarms.push(EVERY_MINUTE);
    await started.wake();
    alarms.length = 0;
    await started.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(before);
  });

  it('tells once of a rule that cannot be set, and sets the others', async () => {
    const started = start(() => [
      { id: 'SC-9', cron: '99 * * * *', zone: 'UTC' },
      { id: 'SC-8', cron: '* * * * *', zone: 'Nowhere/Land' },
      EVERY_MINUTE,
    ]);
    await started.wake();
    await started.wake();
    expect(errors).toHaveLength(2);
    expect(errors[0]).toBeInstanceOf(TimerError);
    expect(String(errors[0])).toContain('SC-9');
    expect(String(errors[1])).toContain('Nowhere/Land');
  });

  it('goes on after a wake that failed', async () => {
    const started = start(
      () => [],
      () => Promise.reject(new Error('the database is gone')),
    );
    await started.wake();
    await started.wake();
    expect(errors.length).toBe(woken.length);
    expect(woken.length).toBeGreaterThanOrEqual(2);
  });

  it('never runs two wakes at once, and runs once more for calls that came meanwhile', async () => {
    let open: (() => void) | undefined;
    let atOnce = 0;
    let most = 0;
    const started = start(
      () => [],
      async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise<void>((resolve) => {
          open = resolve;
        });
        atOnce -= 1;
      },
    );
    await vi.advanceTimersByTimeAsync(0);
    const calls = Promise.all([started.wake(), started.wake(), started.wake()]);
    open?.();
    await vi.advanceTimersByTimeAsync(0);
    open?.();
    await calls;
    expect(most).toBe(1);
    expect(woken).toHaveLength(2);
  });

  it('does not wake after stop, and stop waits for the wake that runs', async () => {
    let open: (() => void) | undefined;
    const started = start(
      () => [],
      () =>
        new Promise<void>((resolve) => {
          open = resolve;
        }),
    );
    await vi.advanceTimersByTimeAsync(0);
    let isStopped = false;
    const stopping = started.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(isStopped).toBe(false);
    open?.();
    await stopping;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(woken).toHaveLength(1);
  });
});
