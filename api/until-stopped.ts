// Ends a program in good order: on Ctrl-C and on TERM once, and at once when asked a second time.

/** How long an orderly end may take before the program is ended anyway. */
const LONGEST_STOP_MS = 15_000;

/** Resolves with the signal that ended the waiting. A second signal, or a stop that hangs, ends the process with code 1. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let isStopping = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (isStopping) process.exit(1);
      isStopping = true;
      setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
      resolve(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => onSignal(signal));
  });
}
