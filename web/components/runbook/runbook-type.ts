// The shapes of a runbook and its revision as their page reads them.
import type { FragmentOf, ResultOf } from '../../graphql/graphql.ts';
import type { RevisionFields, RunbookQuery } from '../../graphql/runbooks.ts';

export type RunbookDetail = NonNullable<ResultOf<typeof RunbookQuery>['runbook']>;
export type RevisionDetail = FragmentOf<typeof RevisionFields>;
