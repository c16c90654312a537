// Puts an imported portfolio in the place of the stored one: first as a preview, then in one transaction.
import { changeSet, isEmptyChangeSet, CHANGE_NOUNS, type ChangeSet } from '../domain/catalogue/change-set.ts';
import type { Portfolio } from '../domain/catalogue/portfolio.ts';
import { done, refused, type Problem, type Result } from '../domain/errors.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';

/** What an importer made of a file. */
export interface ImportedPortfolio {
  /** Null when any problem is an error. */
  readonly portfolio: Portfolio | null;
  readonly problems: readonly Problem[];
}

/** What applying it now would change. Stores nothing. Refused with INVALID_INPUT and the problems when the file cannot be used. */
export async function previewPortfolio(app: Pick<App, 'database'>, imported: ImportedPortfolio): Promise<Result<ChangeSet>> {
  if (imported.portfolio === null) return unusable(imported);
  return done(changeSet(await app.database.stores.portfolio.load(), imported.portfolio));
}

/** For a signed-in person. It registers hosts, so it takes the right to do that. */
export async function importPortfolio(
  app: Pick<App, 'database' | 'clock'>,
  actor: Actor | null,
  imported: ImportedPortfolio,
): Promise<Result<ChangeSet>> {
  const refusal = deny(actor, 'hosts.pin');
  return refusal === null ? applyPortfolio(app, actor?.name ?? null, imported) : { ok: false, refusal };
}

/**
 * For the command line and the demo, which ask nobody: all of it is stored, or nothing. Gives what changed; an import that changes nothing
 * writes nothing. `by` null is recorded as Muster's own doing. The caller assesses readiness afterwards.
 */
export async function applyPortfolio(
  app: Pick<App, 'database' | 'clock'>,
  by: string | null,
  imported: ImportedPortfolio,
): Promise<Result<ChangeSet>> {
  const { portfolio } = imported;
  if (portfolio === null) return unusable(imported);
  return app.database.write(async (stores) => {
    const changes = changeSet(await stores.portfolio.load(), portfolio);
    if (isEmptyChangeSet(changes)) return done(changes);
    const at = app.clock();
    await stores.portfolio.replace(portfolio, { at, by });
    await stores.history.append({ at, by, type: 'portfolio.imported', subject: 'portfolio', data: countsOf(changes) });
    return done(changes);
  });
}

function countsOf(changes: ChangeSet): Readonly<Record<string, unknown>> {
  const nouns = CHANGE_NOUNS.map((noun) => {
    const { new: added, changed, gone } = changes[noun];
    return [noun, { new: added.length, changed: changed.length, gone: gone.length }] as const;
  });
  return { ...Object.fromEntries(nouns), settings: changes.settings.length };
}

function unusable({ problems }: ImportedPortfolio): Result<never> {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  return refused(
    'INVALID_INPUT',
    `The portfolio has ${errors} ${errors === 1 ? 'error' : 'errors'}, so nothing was changed. Mend them and try again.`,
    {
      problems,
    },
  );
}
