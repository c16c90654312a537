// What waits for the signed-in person.
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { pageOfWaiting, waitingFor } from '../application/waiting-for-me.ts';
import { connectionFrom, pageRequest, PageArgs, type Connection } from './connection.ts';
import type { GraphContext } from './context.ts';
import { WaitingItemConnectionType, WaitingItemType } from './waiting.type.ts';

@Resolver()
export class WaitingResolver {
  @Query(() => WaitingItemConnectionType, {
    description: 'What waits for the signed-in person, most urgent first; nothing when nobody is signed in.',
  })
  async waitingForMe(@Args() args: PageArgs, @Ctx() { app, actor, loaders }: GraphContext): Promise<Connection<WaitingItemType>> {
    const request = pageRequest(args);
    const items = actor === null ? [] : await waitingFor(app, actor, (drill) => loaders.drillState.load(drill));
    return connectionFrom(pageOfWaiting(items, request), (item) => new WaitingItemType(item));
  }
}
