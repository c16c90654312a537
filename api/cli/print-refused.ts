// Why something cannot be done, on stderr: the sentence, and every problem behind it on a line of its own.
import type { Refusal } from '../domain/errors.ts';
import { paint, plain, type Terminal } from './terminal.ts';

export function printRefusal(terminal: Terminal, { message, problems }: Pick<Refusal, 'message' | 'problems'>): void {
  if (problems === undefined || problems.length === 0) {
    for (const line of message.split('\n')) terminal.err(plain(line));
    return;
  }
  for (const problem of problems) {
    terminal.err(
      `${paint(terminal, 'red', problem.severity)} ${plain(problem.message)} ${plain(problem.remedy)} ${paint(terminal, 'dim', problem.code)}`,
    );
  }
}

/** Why the database cannot be opened. */
export function printSentences(terminal: Terminal, sentences: readonly string[]): void {
  for (const sentence of sentences) terminal.err(sentence);
}
