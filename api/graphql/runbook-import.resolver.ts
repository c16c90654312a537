// Procedures of other tools, turned into runbooks that the editor opens as drafts.
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { convertProcedure } from '../application/runbook-import.ts';
import type { GraphContext } from './context.ts';
import { unwrap } from './errors.ts';
import { ConvertedRunbookType } from './runbook-import.type.ts';

/** A file of more procedures than this is brought in by the command line. */
const MOST_RUNBOOKS = 50;

@Resolver(() => ConvertedRunbookType)
export class RunbookImportResolver {
  @Query(() => [ConvertedRunbookType], { description: 'A file of chaostoolkit, Rundeck, SSM Automation or Markdown as runbooks. Nothing is stored.' })
  convertProcedure(
    @Arg('fileName', () => String) fileName: string,
    @Arg('text', () => String) text: string,
    @Ctx() { actor, readProcedure }: GraphContext,
  ): ConvertedRunbookType[] {
    const converted = unwrap(convertProcedure(readProcedure, actor, { fileName, text }));
    return converted.slice(0, MOST_RUNBOOKS).map((one) => new ConvertedRunbookType(one));
  }
}
