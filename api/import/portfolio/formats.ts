// The written forms of single values in a portfolio file, each with the words that explain it.
import type { FormatHints } from '../yaml/schema-problems.ts';
import { isFingerprint } from '../../domain/catalogue/fingerprint.ts';
import { parseDuration } from '../../domain/duration.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** Long enough for any name, short enough for a file name and a column. */
const LONGEST_KEY = 64;

/** Each tells whether a text is of its form. */
export const PORTFOLIO_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  key: (text) => text.length <= LONGEST_KEY && /^[a-z0-9]+(?:[-._][a-z0-9]+)*$/.test(text),
  account: (text) => text.length <= LONGEST_KEY && /^[A-Za-z0-9][A-Za-z0-9._@-]*$/.test(text),
  // A leading dash would be taken for an option by tools that are given the address.
  address: (text) => text.length <= 255 && /^[A-Za-z0-9:[][A-Za-z0-9.:_%[\]-]*$/.test(text),
  'host-key': isFingerprint,
  rto: (text) => isWhole(text, SECOND_MS) && parseDuration(text) !== 0,
  rpo: (text) => isWhole(text, SECOND_MS),
  days: (text) => isWhole(text, DAY_MS) && parseDuration(text) !== 0,
};

export const PORTFOLIO_HINTS: FormatHints = {
  key: `a key of lower-case letters and digits, joined by dashes, dots or underscores, at most ${LONGEST_KEY} long`,
  account: 'an account name of letters, digits, dots, dashes and underscores',
  address: 'a host name or an IP address',
  'host-key': 'the fingerprint as ssh-keygen -lf shows it: SHA256 and 43 characters',
  rto: 'a duration in whole seconds above zero, such as 90s, 30m, 2h or 1d',
  rpo: 'a duration in whole seconds, such as 0s, 5s, 15m or 4h',
  days: 'a duration in whole days, such as 90d',
};

function isWhole(text: string, unitMs: number): boolean {
  const ms = parseDuration(text);
  return ms !== null && ms % unitMs === 0;
}
