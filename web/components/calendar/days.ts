// Days as texts such as 2026-11-24, and what the clock of a zone shows. Pure: no day here depends on where the browser stands.

const DAY_MS = 86_400_000;
export const DAYS_IN_WEEK = 7;
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/u;

/** What a person typed or a link says, when it is a day that exists. */
export function dayOrNull(text: string): string | null {
  if (!DAY_FORM.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dayOf(at) !== text ? null : text;
}

export function addDays(day: string, count: number): string {
  return dayOf(utcOf(day) + count * DAY_MS);
}

/** The first day of the month, so many months on. */
export function monthStart(day: string, months = 0): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return dayOf(Date.UTC(year, month - 1 + months, 1));
}

export function isSameMonth(a: string, b: string): boolean {
  return a.slice(0, 7) === b.slice(0, 7);
}

/** Whole weeks from Monday that hold the month of this day: 28, 35 or 42 days. */
export function monthGrid(day: string): readonly string[] {
  const first = monthStart(day);
  const start = addDays(first, -weekdayOf(first));
  const afterLast = monthStart(day, 1);
  const days: string[] = [];
  for (let next = start; next < afterLast || days.length % DAYS_IN_WEEK !== 0; next = addDays(next, 1)) days.push(next);
  return days;
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(utcOf(day)).getUTCDay() + DAYS_IN_WEEK - 1) % DAYS_IN_WEEK;
}

/** Noon of the day in UTC: for showing the day's name, whatever the zone of the format. */
export function noonOf(day: string): number {
  return utcOf(day) + DAY_MS / 2;
}

/** `2026-11-24T10:00` on the clock of the zone. Throws a RangeError for a zone that the browser does not know. */
export function wallIn(zone: string, at: number): string {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/** Whether the browser knows the zone: what is being typed is often none yet. */
export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a hundred times. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-CA', { ...digits, hourCycle: 'h23', timeZone: zone });
  clocks.set(zone, made);
  return made;
}

function utcOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
