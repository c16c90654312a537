// The journal of a drill as events and output: read from any point on, and followed live.
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { JournalEntry } from '../domain/drill/journal.ts';
import { describeEvent } from '../domain/drill/describe-event.ts';
import type { Plan } from '../domain/drill/plan.ts';
import { checkedCount } from './connection.ts';
import { makeLoaders, subjectIn, type GraphContext } from './context.ts';
import { DrillEventType, DrillType } from './drill.type.ts';
import { demand, unwrap } from './errors.ts';
import { followDrill, type FollowedEntry } from './follow-drill.ts';
import { instant } from './instant.ts';
import { OutputChunkType } from './output.type.ts';
import { refused } from '../domain/errors.ts';

/** How many entries are looked through at a time for those that are no output. */
const READ_AT_ONCE = 500;

@Resolver(() => DrillType)
export class DrillEventsResolver {
  @FieldResolver(() => [DrillEventType], { description: 'Journal events without output, oldest first.' })
  async events(
    @Root() { id, record }: DrillType,
    @Arg('after', () => Int, { defaultValue: 0 }) after: number,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Ctx() context: GraphContext,
  ): Promise<DrillEventType[]> {
    demand(context, 'drills.see', await subjectIn(context, record.services));
    const plan = await planOf(context, id);
    const wanted: JournalEntry[] = [];
    for (let seq = after; wanted.length < checkedCount(first);) {
      const entries = await context.app.database.stores.drills.journal(id, seq, READ_AT_ONCE);
      wanted.push(...entries.filter(({ event }) => event.type !== 'output'));
      seq = entries.at(-1)?.seq ?? seq;
      if (entries.length < READ_AT_ONCE) break;
    }
    return wanted.slice(0, first).map((entry) => eventOf({ entry, bytes: null }, plan));
  }

  @FieldResolver(() => [OutputChunkType], { description: 'Oldest first; with isFromEnd the last ones.' })
  async output(
    @Root() { id, record }: DrillType,
    @Arg('step', () => ID) step: string,
    @Arg('host', () => ID, { nullable: true }) host: string | null | undefined,
    @Arg('after', () => Int, { defaultValue: 0 }) after: number,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('isFromEnd', () => Boolean, { defaultValue: false }) isFromEnd: boolean,
    @Ctx() context: GraphContext,
  ): Promise<OutputChunkType[]> {
    demand(context, 'drills.output', await subjectIn(context, record.services));
    const query = { drill: id, step, host: host ?? null, after, limit: checkedCount(first), isFromEnd };
    return (await context.app.database.stores.drills.output(query)).map((chunk) => new OutputChunkType(chunk));
  }

  @Subscription(() => DrillEventType, {
    description: "Every event of a drill's journal after a sequence number, those already recorded first; no gap, no double.",
    subscribe: async ({ args, context }: { args: { drill?: string; after?: number }; context: GraphContext }) => {
      const id = args.drill ?? '';
      const record = await context.loaders.drill.load(id);
      demand(context, 'drills.output', await subjectIn(context, record?.services ?? []));
      if (record === null) return unwrap(refused('NOT_FOUND', `There is no drill ${id}.`, { field: 'drill' }));
      return followDrill(context.app, id, args.after ?? 0);
    },
  })
  async drillEvents(
    @Root() followed: FollowedEntry,
    @Arg('drill', () => ID) drill: string,
    @Arg('after', () => Int, { defaultValue: 0 }) _after: number,
    @Ctx() context: GraphContext,
  ): Promise<DrillEventType> {
    // The operation lives as long as the drill: what its loaders have seen is old by now.
    context.loaders = makeLoaders(context.app);
    return eventOf(followed, await planOf(context, drill));
  }
}

async function planOf(context: GraphContext, id: string): Promise<Plan> {
  const state = await context.loaders.drillState.load(id);
  if (state === null) throw new Error(`${id} has no journal.`);
  return state.plan;
}

function eventOf({ entry, bytes }: FollowedEntry, plan: Plan): DrillEventType {
  const { seq, at, by, event } = entry;
  return {
    seq,
    at: instant(at),
    by,
    type: event.type,
    text: describeEvent(entry, plan),
    step: 'step' in event ? event.step : null,
    host: 'host' in event ? event.host : null,
    output: event.type === 'output' && bytes !== null ? new OutputChunkType({ ...event, seq, at, bytes }) : null,
  };
}
