// Whether what is written is stored, for everybody who is signed in.
import { Ctx, Query, Resolver } from 'type-graphql';
import type { GraphContext } from './context.ts';
import { demand } from './errors.ts';
import { StorageType } from './storage.type.ts';

@Resolver()
export class StorageResolver {
  @Query(() => StorageType, { description: 'Whether what is written is stored.' })
  storage(@Ctx() context: GraphContext): StorageType {
    demand(context, 'storage.see');
    return new StorageType(context.app.storage.state());
  }
}
