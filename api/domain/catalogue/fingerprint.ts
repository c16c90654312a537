// What the fingerprint of a host key looks like.

/** As OpenSSH writes it: `SHA256:` and base64 without padding. */
export function isFingerprint(text: string): boolean {
  return /^SHA256:[A-Za-z0-9+/]{43}$/.test(text);
}
