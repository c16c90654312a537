// What a global stop came to.
import { Field, ObjectType } from 'type-graphql';
import type { StoppedDrills } from '../application/stop-all-drills.ts';
import { DrillType } from './drill.type.ts';

@ObjectType('NotPausedDrill')
class NotPausedDrillType {
  constructor(private readonly left: StoppedDrills['notPaused'][number]) {}

  @Field(() => DrillType)
  get drill(): DrillType {
    return new DrillType(this.left.drill);
  }

  @Field(() => String, { description: 'A sentence for people.' })
  get why(): string {
    return this.left.why;
  }
}

@ObjectType('StoppedDrills')
export class StoppedDrillsType {
  constructor(private readonly stopped: StoppedDrills) {}

  @Field(() => [DrillType])
  get paused(): readonly DrillType[] {
    return this.stopped.paused.map((drill) => new DrillType(drill));
  }

  @Field(() => [NotPausedDrillType], { description: 'Those that are still under way: they need somebody who looks at them.' })
  get notPaused(): readonly NotPausedDrillType[] {
    return this.stopped.notPaused.map((left) => new NotPausedDrillType(left));
  }
}
