// Which tool a procedure was written for, from its text and its file name.
import type { RunbookFormat } from './imported-runbook.ts';

/** The words that tell are at the top level, and no file has them only after this much of it. */
const LOOKED_AT = 256 * 1024;

/** Null when it looks like none of them. The text decides; the name only tells Markdown, which anything may be. */
export function detectFormat(text: string, fileName: string): RunbookFormat | null {
  const start = text.slice(0, LOOKED_AT);
  if (/\.(?:md|markdown)$/i.test(fileName)) return 'markdown';
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<joblist\b/.test(start)) return 'rundeck';
  if (/^["']?schemaVersion["']?\s*:|[{,]\s*"schemaVersion"\s*:/m.test(start) && /["']?(?:mainSteps|runtimeConfig)["']?\s*:/.test(start)) return 'ssm';
  if (hasKey(start, 'method') && (hasKey(start, 'steady-state-hypothesis') || hasKey(start, 'rollbacks') || hasKey(start, 'title'))) {
    return 'chaostoolkit';
  }
  if (hasKey(start, 'sequence') && /["']?commands["']?\s*:/.test(start)) return 'rundeck';
  return null;
}

/** A key of a map in YAML or JSON, at the start of a line, of a list item or of a JSON object. */
function hasKey(text: string, key: string): boolean {
  return new RegExp(String.raw`(?:^[ \t-]*|[{,]\s*)["']?${key}["']?\s*:`, 'm').test(text);
}
