// How much structure a text may have before it is read as YAML: the reader keeps hundreds of bytes for each bracket, comma and quote.
import { Lexer } from 'yaml';
import type { Place } from './place.ts';

/** Shorter texts cannot have much, and are read without counting. */
const ALWAYS_READ = 50_000;
/** A runbook of 500 steps with twenty keys each has about a third of it. */
const MOST_PIECES = 200_000;
/** The language needs eight levels, and what is sent as JSON may have some more. */
const DEEPEST_BRACKETS = 100;

export interface BudgetFault {
  readonly code: 'too-deep' | 'too-many-parts';
  readonly message: string;
  readonly remedy: string;
  readonly place: Place;
}

/** Why a text is too much to be read, or null. It is cut up without being kept, and only as far as the limit. */
export function budgetFault(text: string): BudgetFault | null {
  if (text.length <= ALWAYS_READ) return null;
  let pieces = 0;
  let depth = 0;
  let line = 1;
  for (const piece of new Lexer().lex(text)) {
    pieces += 1;
    if (piece === '[' || piece === '{') depth += 1;
    if (piece === ']' || piece === '}') depth -= 1;
    line += lineEnds(piece);
    const place = { line, column: 1 };
    if (depth > DEEPEST_BRACKETS) {
      return { code: 'too-deep', message: 'The file is nested too deeply to be read.', remedy: 'Write it flatter.', place };
    }
    if (pieces > MOST_PIECES) {
      const message = `The file has more than ${MOST_PIECES.toLocaleString('en')} brackets, keys and values.`;
      return { code: 'too-many-parts', message, remedy: 'Split the runbook, or move content to files on the hosts.', place };
    }
  }
  return null;
}

function lineEnds(piece: string): number {
  let count = 0;
  for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) count += 1;
  return count;
}
