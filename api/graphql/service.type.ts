// A service as the API shows it; what leads to other nouns is in the resolver.
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ServiceRow } from '../application/catalogue-view.ts';
import type { ServiceFilter } from '../application/list-services.ts';
import type { Lens } from '../domain/catalogue/lens.ts';
import type { OperatedBy, Reach } from '../domain/catalogue/portfolio.ts';
import type { Band } from '../domain/readiness/assessment.ts';
import { connectionType } from './connection.ts';
import { BandEnum, DependencyKindEnum, LensCodeEnum, OperatedByEnum, ReachEnum } from './enums.ts';

@ObjectType('Service')
export class ServiceType {
  constructor(readonly row: ServiceRow) {}

  @Field(() => ID)
  get key(): string {
    return this.row.service.key;
  }

  @Field(() => String)
  get name(): string {
    return this.row.service.name;
  }

  @Field(() => String, { nullable: true })
  get description(): string | null {
    return this.row.service.description;
  }

  @Field(() => Int)
  get tier(): number {
    return this.row.service.tier;
  }

  @Field(() => OperatedByEnum)
  get operatedBy(): OperatedBy {
    return this.row.service.operatedBy;
  }

  @Field(() => String, { nullable: true })
  get department(): string | null {
    return this.row.service.department;
  }

  @Field(() => String, { nullable: true })
  get supplier(): string | null {
    return this.row.service.supplier;
  }

  @Field(() => ReachEnum)
  get reach(): Reach {
    return this.row.reach;
  }

  @Field(() => String, { nullable: true })
  get reachOverrideNote(): string | null {
    return this.row.service.reachOverride?.note ?? null;
  }

  @Field(() => [LensCodeEnum])
  get lenses(): readonly Lens[] {
    return this.row.lenses;
  }

  @Field(() => String, { nullable: true, description: 'Account name as the catalogue has it, also when there is no such account.' })
  get ownerName(): string | null {
    return this.row.service.owner;
  }

  @Field(() => String, { nullable: true })
  get deputyName(): string | null {
    return this.row.service.deputy;
  }
}

@ObjectType('Objective')
export class ObjectiveType {
  @Field(() => Int)
  rtoSeconds!: number;

  @Field(() => Int, { nullable: true })
  rpoSeconds!: number | null;

  @Field(() => Boolean)
  isOwnRto!: boolean;

  @Field(() => Boolean)
  isOwnRpo!: boolean;
}

@ObjectType('Dependency')
export class DependencyType {
  @Field(() => DependencyKindEnum)
  kind!: 'hard' | 'soft';

  @Field(() => ID)
  serviceKey!: string;
}

@InputType('ServiceFilter')
export class ServiceFilterInput implements ServiceFilter {
  @Field(() => LensCodeEnum, { nullable: true })
  lens?: Lens | null;

  @Field(() => OperatedByEnum, { nullable: true })
  operatedBy?: OperatedBy | null;

  @Field(() => ReachEnum, { nullable: true })
  reach?: Reach | null;

  @Field(() => Int, { nullable: true })
  tier?: number | null;

  @Field(() => BandEnum, { nullable: true })
  band?: Band | null;

  @Field(() => String, { nullable: true })
  owner?: string | null;

  @Field(() => String, { nullable: true })
  department?: string | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an active schedule drills it.' })
  isScheduled?: boolean | null;
}

export const ServiceConnectionType = connectionType('Service', () => ServiceType);
