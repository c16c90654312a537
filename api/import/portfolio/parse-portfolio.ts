// Reads the app's own portfolio file: YAML text in, a portfolio or the reasons why not out.
import { Ajv } from 'ajv';
import type { Portfolio } from '../../domain/catalogue/portfolio.ts';
import type { Problem } from '../../domain/errors.ts';
import { schemaProblems } from '../yaml/schema-problems.ts';
import { readYaml } from '../yaml/yaml-source.ts';
import { buildPortfolio } from './build-portfolio.ts';
import { checkDependencies } from './check-dependencies.ts';
import { checkJumps } from './check-jumps.ts';
import { checkKeys } from './check-keys.ts';
import { PORTFOLIO_FORMATS, PORTFOLIO_HINTS } from './formats.ts';
import { portfolioSchema } from './portfolio-file.ts';
import type { PortfolioFile } from './portfolio-file.ts';

export interface ParsedPortfolio {
  /** Null when any problem is an error. */
  readonly portfolio: Portfolio | null;
  /** Errors and warnings in the order of the file. Circles, self-references and dangling dependencies are warnings and stay in. */
  readonly problems: readonly Problem[];
}

/** `fileName` is only named in problems; nothing is read from disk. Never throws on any text. */
export function parsePortfolio(text: string, fileName: string): ParsedPortfolio {
  const source = readYaml(text, fileName);
  if (source.problems.length > 0) return { portfolio: null, problems: source.problems };
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, formats: PORTFOLIO_FORMATS }).compile<PortfolioFile>(
    portfolioSchema(),
  );
  const { data } = source;
  if (!validate(data)) return { portfolio: null, problems: inOrder(schemaProblems(source, validate.errors ?? [], PORTFOLIO_HINTS)) };
  const problems = inOrder([...checkKeys(data, source), ...checkJumps(data, source), ...checkDependencies(data, source)]);
  return { portfolio: problems.some((problem) => problem.severity === 'error') ? null : buildPortfolio(data), problems };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
