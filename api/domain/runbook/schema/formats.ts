// The named formats of the language's JSON Schema; an editor that does not know them still has the patterns.
import { parseDuration } from '../../duration.ts';
import { isJsonPath } from '../json-path.ts';
import { valuePattern } from '../pattern.ts';
import { isVariableName } from '../variable-name.ts';

export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'muster-duration': (text) => parseDuration(text) !== null,
  'muster-positive-duration': (text) => (parseDuration(text) ?? 0) > 0,
  'muster-later-duration': (text) => text.startsWith('${') || (parseDuration(text) ?? 0) > 0,
  'muster-json-path': isJsonPath,
  'muster-variable': isVariableName,
  'muster-day': (text) => parseDay(text) !== null,
  regex: (text) => valuePattern(text) !== null,
};

/** Start of the UTC day written as 2026-10-01, in milliseconds since the epoch; null when there is no such day. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at;
}
