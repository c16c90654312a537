// Local dates and times as people write them, `2026-03-01` and `2026-03-01T02:00`, and as milliseconds of a wall clock.
import type { WallMs } from './zone-clock.ts';

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;
const MINUTES_IN_HOUR = 60;

/** Midnight of the day; null when there is no such day. */
export function parseDay(text: string): WallMs | null {
  const parts = DATE.exec(text);
  if (parts === null) return null;
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return dayText(at) === text ? at : null;
}

/** Milliseconds after midnight; null when it is no time from 00:00 to 23:59. */
export function parseTime(text: string): number | null {
  const parts = TIME.exec(text);
  return parts === null ? null : (Number(parts[1]) * MINUTES_IN_HOUR + Number(parts[2])) * MINUTE_MS;
}

export function parseWall(text: string): WallMs | null {
  const parts = DATE_TIME.exec(text);
  if (parts === null) return null;
  const day = parseDay(parts[1] ?? '');
  const time = parseTime(parts[2] ?? '');
  return day === null || time === null ? null : day + time;
}

export function dayText(wall: WallMs): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** To the minute. */
export function wallText(wall: WallMs): string {
  return new Date(wall).toISOString().slice(0, 16);
}

export function startOfDay(wall: WallMs): WallMs {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}
