// Durations as people write and read them: `90s`, `1h30m` in files, "4 min 10 s" in sentences.

const MS_OF_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof MS_OF_UNIT;

/** One hundred years: anything longer is a slip of the pen, and sums of durations stay exact integers. */
const LONGEST_MS = 36_525 * MS_OF_UNIT.d;

const FORM = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,12})ms)?$/;
const UNITS_IN_FORM: readonly Unit[] = ['d', 'h', 'm', 's', 'ms'];

/**
 * Milliseconds of a duration such as `500ms`, `90s`, `30m`, `2h`, `1d` or a sum of falling units such as `1h30m`.
 * Null when the text is none: empty, negative, fractional, without a unit, spaced, or longer than 100 years. `0s` is one.
 */
export function parseDuration(text: string): number | null {
  const parts = FORM.exec(text);
  if (parts === null || text === '') return null;
  let totalMs = 0;
  for (const [index, unit] of UNITS_IN_FORM.entries()) totalMs += Number(parts[index + 1] ?? 0) * MS_OF_UNIT[unit];
  return totalMs <= LONGEST_MS ? totalMs : null;
}

/**
 * A duration for a sentence, in its two largest units: `850 ms`, `10 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`.
 * Rounded to the nearest second from one second up; a negative one carries a minus sign.
 */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  const wholeMs = Math.round(ms);
  if (wholeMs < MS_OF_UNIT.s) return wholeMs === 0 ? '0 s' : `${wholeMs} ms`;
  return twoLargest(Math.round(ms / MS_OF_UNIT.s));
}

/** The shortest text that `parseDuration` reads as these whole milliseconds: `1h30m`. For writing files. */
export function writeDuration(ms: number): string {
  let restMs = Math.round(ms);
  let text = '';
  for (const unit of UNITS_IN_FORM) {
    const count = Math.floor(restMs / MS_OF_UNIT[unit]);
    if (count > 0) text += `${count}${unit}`;
    restMs -= count * MS_OF_UNIT[unit];
  }
  return text === '' ? '0s' : text;
}

function twoLargest(totalSeconds: number): string {
  const parts = [
    { count: Math.floor(totalSeconds / 86_400), unit: 'd' },
    { count: Math.floor(totalSeconds / 3_600) % 24, unit: 'h' },
    { count: Math.floor(totalSeconds / 60) % 60, unit: 'min' },
    { count: totalSeconds % 60, unit: 's' },
  ];
  const first = parts.findIndex((part) => part.count > 0);
  return parts
    .slice(first, first + 2)
    .filter((part) => part.count > 0)
    .map((part) => `${part.count} ${part.unit}`)
    .join(' ');
}
