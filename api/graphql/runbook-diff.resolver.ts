// The differences of a revision, or of a text that is being written, from an earlier revision.
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { diffRunbooks } from '../domain/runbook/diff/diff-runbooks.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { demand } from './errors.ts';
import { RunbookCheckType } from './runbook-draft.type.ts';
import { RunbookDiffType } from './runbook-diff.type.ts';
import { RevisionType } from './runbook.type.ts';

@Resolver(() => RevisionType)
export class RevisionDiffResolver {
  @FieldResolver(() => RunbookDiffType, { nullable: true, description: 'Null when there is no such revision.' })
  async changesSince(
    @Root() { revision }: RevisionType,
    @Arg('number', () => Int) number: number,
    @Ctx() context: GraphContext,
  ): Promise<RunbookDiffType | null> {
    return changes(context, revision.runbook, { key: revision.runbook.key, number });
  }
}

@Resolver(() => RunbookCheckType)
export class RunbookCheckDiffResolver {
  @FieldResolver(() => RunbookDiffType, { nullable: true, description: 'Null for a new runbook, and while the text cannot be read as one.' })
  async changesSince(
    @Root() { checked, of }: RunbookCheckType,
    @Arg('number', () => Int) number: number,
    @Ctx() context: GraphContext,
  ): Promise<RunbookDiffType | null> {
    return checked.runbook === null || of === null ? null : changes(context, checked.runbook, { key: of, number });
  }
}

async function changes(
  context: GraphContext,
  after: Runbook,
  { key, number }: { readonly key: string; readonly number: number },
): Promise<RunbookDiffType | null> {
  const before = await context.app.database.stores.runbooks.revisionByNumber(key, number);
  if (before === null) return null;
  // The changes tell commands and hosts of both.
  demand(context, 'runbooks.see', await subjectIn(context, before.runbook.services));
  demand(context, 'runbooks.see', await subjectIn(context, after.services));
  return new RunbookDiffType(diffRunbooks(before.runbook, after));
}
