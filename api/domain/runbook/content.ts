// What a value may hold, wherever it stands: YAML has ways of writing what no command, database or other program can take.
import type { Finding, Path } from './place.ts';

/** The language itself needs eight levels; the rest is for what is sent as JSON. Deeper data would exhaust the stack of those who read it. */
const DEEPEST = 32;
/** The first ones are enough to see what is wrong. */
const MOST_FINDINGS = 20;

/** NUL, halves of characters and deep nesting, as YAML escapes and brackets can make them. */
export function contentFindings(document: unknown): readonly Finding[] {
  const findings: Finding[] = [];
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: document, path: [] }];
  for (let next = open.pop(); next !== undefined && findings.length < MOST_FINDINGS; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') findings.push(...textFindings(value, { path }));
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= DEEPEST) {
      const message = `Something is nested more than ${DEEPEST} levels deep.`;
      findings.push({ code: 'too-deep', path, message, remedy: 'Write it flatter, or send it from a file.' });
      continue;
    }
    for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
      if (typeof key === 'string') findings.push(...textFindings(key, { path: [...path, key], at: 'key' }));
      open.push({ value: item, path: [...path, key] });
    }
  }
  return findings;
}

function textFindings(text: string, place: Pick<Finding, 'path' | 'at'>): readonly Finding[] {
  if (text.includes('\0')) {
    const message = 'A text holds a NUL byte, written as an escape.';
    return [{ ...place, code: 'control-character', message, remedy: 'Remove it: no command can be given one.' }];
  }
  if (text.isWellFormed()) return [];
  const message = 'A text holds half of a character, written as an escape.';
  return [{ ...place, code: 'half-character', message, remedy: 'Write the character itself, or its whole escape such as "\\U0001F600".' }];
}
