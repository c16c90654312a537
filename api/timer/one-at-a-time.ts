// Keeps a piece of work from running twice at once, without losing a call that comes while it runs.

/** Each call resolves when a run that began after it is over; calls during a run share the next one. `work` must not throw. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let waiting: (() => void)[] = [];
  let isRunning = false;

  async function runAll(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const served = waiting;
      waiting = [];
      await work();
      for (const resolve of served) resolve();
    }
    isRunning = false;
  }

  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!isRunning) void runAll();
    });
}
