// The global stop: which drills it would pause, and the stop itself.
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { STOPPABLE, stopAllDrills } from '../application/stop-all-drills.ts';
import type { GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { demand, unwrap } from './errors.ts';
import { StoppedDrillsType } from './global-stop.type.ts';

@Resolver()
export class GlobalStopResolver {
  @Query(() => [DrillType], { description: 'What `stopAllDrills` would pause now.' })
  async drillsToStop(@Ctx() context: GraphContext): Promise<readonly DrillType[]> {
    demand(context, 'drills.stop-all');
    return (await context.app.database.stores.drills.inStates(STOPPABLE)).map((drill) => new DrillType(drill));
  }

  @Mutation(() => StoppedDrillsType, {
    description: 'Pauses every drill under way. Each goes on when somebody resumes it; what is due later starts all the same.',
  })
  async stopAllDrills(@Arg('reason', () => String) reason: string, @Ctx() { app, actor }: GraphContext): Promise<StoppedDrillsType> {
    return new StoppedDrillsType(unwrap(await stopAllDrills(app, actor, { reason })));
  }
}
