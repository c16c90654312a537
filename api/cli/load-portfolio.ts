// The portfolio of a file that the command line names.
import { readFile } from 'node:fs/promises';
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import type { CliParts } from './parts.ts';

/** Refused when it cannot be read, or has errors. */
export async function loadPortfolio({ parsePortfolio }: Pick<CliParts, 'parsePortfolio'>, file: string): Promise<Result<Portfolio>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return refused('NOT_FOUND', `The file ${file} cannot be read. Check its name and that you may read it.`);
  const { portfolio, problems } = parsePortfolio(text, file);
  if (portfolio === null) return refused('INVALID_INPUT', `${file} has errors. Correct them first.`, { problems });
  return done(portfolio);
}
