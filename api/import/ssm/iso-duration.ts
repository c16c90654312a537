// Durations as ISO 8601 writes them: PT10M.
import { parseDuration } from '../../domain/duration.ts';

const FORM = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?$/;

/** As the language writes it; null when it is none, or zero. */
export function pauseBetween(text: string): string | null {
  const parts = FORM.exec(text.trim().toUpperCase());
  if (parts === null) return null;
  const [, days, hours, minutes, seconds] = parts;
  const written = [
    [days, 'd'],
    [hours, 'h'],
    [minutes, 'm'],
    [seconds, 's'],
  ]
    .filter(([count]) => count !== undefined && Number(count) > 0)
    .map(([count, unit]) => `${Number(count)}${unit ?? ''}`)
    .join('');
  return (parseDuration(written) ?? 0) > 0 ? written : null;
}
