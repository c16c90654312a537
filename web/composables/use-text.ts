// Words, numbers and times in the chosen language.
import { useI18n } from 'vue-i18n';
import { formatAbsolute, formatDuration, formatPoints, formatScore, formatTimeOfDay, regionalTag } from './format.ts';

/** The formats of format.ts bound to the language on screen; they follow when it changes. */
export function useText() {
  const { t, locale } = useI18n();
  const region = (): string => regionalTag(locale.value, globalThis.navigator?.languages ?? []);
  return {
    t,
    region,
    /** Null is a dash: not measured. */
    duration: (ms: number | null | undefined): string => (ms === null || ms === undefined ? '–' : formatDuration(ms)),
    score: (score: number | null): string => formatScore(score, region()),
    points: (points: number): string => formatPoints(points, region()),
    number: (value: number): string => new Intl.NumberFormat(region(), { maximumFractionDigits: 1 }).format(value),
    absolute: (at: string | number, zone?: string): string =>
      formatAbsolute(asMs(at), { language: region(), ...(zone === undefined ? {} : { zone }) }),
    timeOfDay: (at: string | number, seconds = false): string => formatTimeOfDay(asMs(at), { language: region(), seconds }),
  };
}

/** An instant of the API as milliseconds since the epoch. */
export function asMs(at: string | number): number {
  return typeof at === 'number' ? at : Date.parse(at);
}
