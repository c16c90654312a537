// The log: one JSON line for each thing that happened, without the secrets that pass through.
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type Log = Logger;

/** Never written, wherever in the first levels of an entry they stand. */
const SECRET_FIELDS = [
  'password',
  'passwordHash',
  'passphrase',
  'privateKey',
  'secret',
  'sessionSecret',
  'token',
  'cookie',
  'cookies',
  'authorization',
  '["set-cookie"]',
] as const;
/** Headers of a request in an entry lie two levels deep; one more for what wraps them. */
const LEVELS_DEEP = 3;

/** Writes to stdout unless a destination is given. Times are ISO 8601 in UTC. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths(), censor: '[hidden]' },
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function secretPaths(): string[] {
  const paths: string[] = [];
  for (let depth = 0; depth <= LEVELS_DEEP; depth += 1) {
    const above = Array.from({ length: depth }, () => '*').join('.');
    for (const field of SECRET_FIELDS) paths.push(above === '' ? field : `${above}${field.startsWith('[') ? '' : '.'}${field}`);
  }
  return paths;
}
