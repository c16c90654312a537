// The server's clock as seen from here: elapsed times must not depend on how this device's clock is set.

/** Below this the Date header (whole seconds) says nothing. */
const NOISE_MS = 2_000;
let offsetMs = 0;

/** Takes in an HTTP Date header; ignores differences that its one-second grain could make. */
export function noteServerTime(header: string | null): void {
  if (header === null) return;
  const difference = Date.parse(header) - Date.now();
  if (!Number.isNaN(difference)) offsetMs = Math.abs(difference) < NOISE_MS ? 0 : difference;
}

/** Milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
