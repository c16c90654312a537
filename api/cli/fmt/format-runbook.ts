// Lays a runbook out, and makes sure that what it means and says is the same afterwards.
import { Lexer } from 'yaml';
import { done, refused, type Result } from '../../domain/errors.ts';
import { parseRunbook } from '../../domain/runbook/parse-runbook.ts';
import { revisionHash } from '../../domain/runbook/revision.ts';
import type { RunbookOnDisk } from '../parts.ts';
import { layOut } from './lay-out.ts';

/** The text in its canonical layout. Refused when it has errors: then nobody knows what it means. */
export function formatRunbook({ file, source, files, faults }: RunbookOnDisk): Result<string> {
  const before = parseRunbook(source, file, files);
  const problems = faults.length > 0 ? faults : before.problems;
  if (before.runbook === null || faults.length > 0) {
    return refused('INVALID_INPUT', `${file} has errors, so it is left as it is. Correct them first.`, { problems });
  }
  const text = layOut(source);
  const after = parseRunbook(text, file, files).runbook;
  if (after !== null && revisionHash(after) === revisionHash(before.runbook) && isEqual(commentsOf(text), commentsOf(source))) return done(text);
  return refused('BAD_STATE', `${file} cannot be laid out without changing what it means or losing a comment, so it is left as it is.`);
}

/** Sorted: a key takes its comments along. */
function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)].flatMap((token) => (token.startsWith('#') ? [token.trimEnd()] : [])).toSorted();
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
