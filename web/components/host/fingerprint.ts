// The fingerprint of a host key as people copy it: what they typed is told apart from what can be one.

/** As `ssh-keygen -lf` shows it. The server looks again. */
const FINGERPRINT = /SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/;

/** Null when there is none. Out of a whole line of `ssh-keygen -lf` it takes the fingerprint. */
export function fingerprintIn(text: string): string | null {
  return FINGERPRINT.exec(text)?.[0] ?? null;
}
