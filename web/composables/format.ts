// How durations, scores and instants read. Pure: the language and the zone come in as arguments.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A number and its unit are never torn apart at the end of a line. */
const NBSP = '\u00A0';

/** A running clock: `18:40` or `1:02:03`. Negative times keep their sign. */
export function formatClock(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const total = Math.floor(Math.abs(ms) / SECOND);
  const [h, m, s] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  return h > 0 ? `${sign}${h}:${twoDigits(m)}:${twoDigits(s)}` : `${sign}${twoDigits(m)}:${twoDigits(s)}`;
}

/**
 * A duration in the two largest units that matter: `45 s`, `18 min`, `1 h 5 min`, `3 d`. Below ten minutes the seconds stay. The
 * unit signs are the same in every language of the app.
 */
export function formatDuration(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const value = Math.abs(ms);
  if (value < SECOND && value > 0) return `${sign}${Math.round(value)}${NBSP}ms`;
  if (value < MINUTE - SECOND / 2) return `${sign}${Math.round(value / SECOND)}${NBSP}s`;
  if (value < 10 * MINUTE - SECOND / 2) return sign + twoUnits(value, [MINUTE, 'min'], [SECOND, 's']);
  if (value < HOUR - MINUTE / 2) return `${sign}${Math.round(value / MINUTE)}${NBSP}min`;
  if (value < DAY - MINUTE / 2) return sign + twoUnits(value, [HOUR, 'h'], [MINUTE, 'min']);
  return sign + twoUnits(value, [DAY, 'd'], [HOUR, 'h']);
}

/** A score as people read it: at most one decimal; null is a dash, never 0. */
export function formatScore(score: number | null, language: string): string {
  return score === null ? '–' : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(score);
}

/** Points of a component: always one decimal, so that a column adds up on screen. */
export function formatPoints(points: number, language: string): string {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(points);
}

/** The reader's own variety of the language on screen, for dates and numbers; British where English has none. */
export function regionalTag(language: string, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.startsWith(`${language}-`));
  return own ?? (language === 'en' ? 'en-GB' : language);
}

/** Relative under 24 hours either way, then absolute with the zone's name. */
export function formatInstant(at: number, now: number, options: { language: string; zone?: string }): string {
  const difference = at - now;
  if (Math.abs(difference) < DAY) return relative(difference, options.language);
  return formatAbsolute(at, options);
}

/** Day, time and the zone's name. */
export function formatAbsolute(at: number, { language, zone }: { language: string; zone?: string }): string {
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    hour12: false,
  };
  return new Intl.DateTimeFormat(language, zone === undefined ? options : { ...options, timeZone: zone }).format(at);
}

/** Making one costs a hundred times what using it does, and a log shows one on each line. */
const TIME_FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Time of day alone, with seconds when asked. */
export function formatTimeOfDay(at: number, { language, zone, seconds = false }: { language: string; zone?: string; seconds?: boolean }): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false };
  if (seconds) options.second = '2-digit';
  if (zone !== undefined) options.timeZone = zone;
  const key = `${language} ${zone ?? ''} ${seconds}`;
  const format = TIME_FORMATS.get(key) ?? new Intl.DateTimeFormat(language, options);
  TIME_FORMATS.set(key, format);
  return format.format(at);
}

/** `2026-11-24 08:25:17 UTC`, for tooltips. */
export function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function relative(difference: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const value = Math.abs(difference);
  if (value < MINUTE) return format.format(Math.trunc(difference / SECOND), 'second');
  if (value < HOUR) return format.format(Math.trunc(difference / MINUTE), 'minute');
  return format.format(Math.trunc(difference / HOUR), 'hour');
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

type Unit = readonly [sizeMs: number, sign: string];

function twoUnits(value: number, [largeSize, largeSign]: Unit, [smallSize, smallSign]: Unit): string {
  const rounded = Math.round(value / smallSize) * smallSize;
  const large = Math.floor(rounded / largeSize);
  const small = Math.round((rounded - large * largeSize) / smallSize);
  return small === 0 ? `${large}${NBSP}${largeSign}` : `${large}${NBSP}${largeSign}${NBSP}${small}${NBSP}${smallSign}`;
}
