// Words, numbers and times in the chosen language.
import { useI18n } from 'vue-i18n';
import { formatAbsolute, formatDuration, formatPoints, formatScore, formatTimeOfDay } from './format.ts';

/** The formats of format.ts bound to the language on screen; they follow when it changes. */
export function useText() {
  const { t, locale } = useI18n();
  return {
    t,
    locale,
    /** Null is a dash: not measured. */
    duration: (ms: number | null | undefined): string => (ms === null || ms === undefined ? '–' : formatDuration(ms, locale.value)),
    score: (score: number | null): string => formatScore(score, locale.value),
    points: (points: number): string => formatPoints(points, locale.value),
    number: (value: number): string => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }).format(value),
    absolute: (at: string | number, zone?: string): string => formatAbsolute(asMs(at), { language: locale.value, ...(zone === undefined ? {} : { zone }) }),
    timeOfDay: (at: string | number, seconds = false): string => formatTimeOfDay(asMs(at), { language: locale.value, seconds }),
  };
}

/** An instant of the API as milliseconds since the epoch. */
export function asMs(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}
