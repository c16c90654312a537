// A text that a person must give: trimmed, not empty, not endless.
import { done, refused, type Result } from '../domain/errors.ts';

/** Longer than any note that people read, short enough for one journal entry. */
const LONGEST_TEXT = 4000;

export function requireText(text: string, field: string): Result<string> {
  const trimmed = text.trim();
  if (trimmed === '') return refused('INVALID_INPUT', `The ${field} is empty. Say it in a sentence: it stays in the record.`, { field });
  if (trimmed.length > LONGEST_TEXT)
    return refused('INVALID_INPUT', `The ${field} is longer than ${LONGEST_TEXT} characters. Shorten it.`, { field });
  return done(trimmed);
}

/** Null for an empty text. */
export function optionalText(text: string | null | undefined, field: string): Result<string | null> {
  if (text === null || text === undefined || text.trim() === '') return done(null);
  return requireText(text, field);
}
