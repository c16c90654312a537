// Whether what is written is stored, as the API shows it.
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { StorageState } from '../application/ports.ts';
import type { StorageTrouble } from '../application/storage-error.ts';
import { StorageTroubleEnum } from './enums.ts';
import { instant } from './instant.ts';

@ObjectType('Storage')
export class StorageType {
  constructor(readonly state: StorageState) {}

  @Field(() => Boolean, { description: 'False: nothing new is started on hosts until it is true again.' })
  get isWritable(): boolean {
    return this.state.isWritable;
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the first write failed; null while writing works.' })
  get since(): Date | null {
    return this.state.isWritable ? null : instant(this.state.sinceAt);
  }

  @Field(() => StorageTroubleEnum, { nullable: true, description: 'Null while writing works.' })
  get reason(): StorageTrouble | null {
    return this.state.isWritable ? null : this.state.trouble;
  }
}
