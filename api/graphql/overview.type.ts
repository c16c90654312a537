// The overview as the API shows it; services and drills in it come from their own resolvers.
import { Field, Int, ObjectType } from 'type-graphql';
import type { ServiceRow } from '../application/catalogue-view.ts';
import type { BandCount, CellSummary, DepartmentSummary, LensSummary } from '../application/overview.ts';
import type { Lens } from '../domain/catalogue/lens.ts';
import type { OperatedBy, Reach } from '../domain/catalogue/portfolio.ts';
import type { Band } from '../domain/readiness/assessment.ts';
import { BandEnum, LensCodeEnum, OperatedByEnum, ReachEnum } from './enums.ts';

@ObjectType('BandCount')
export class BandCountType implements BandCount {
  @Field(() => BandEnum)
  band!: Band;

  @Field(() => Int)
  count!: number;
}

@ObjectType('LensCell')
export class LensCellType implements CellSummary {
  worst!: ServiceRow | null;

  @Field(() => OperatedByEnum)
  operatedBy!: OperatedBy;

  @Field(() => ReachEnum)
  reach!: Reach;

  @Field(() => [LensCodeEnum])
  lenses!: readonly Lens[];

  @Field(() => Int)
  count!: number;

  @Field(() => [BandCountType])
  bands!: readonly BandCountType[];

  @Field(() => Int, { description: 'Gaps of tier 1 and 2 services.' })
  urgentGaps!: number;
}

@ObjectType('LensTotal')
export class LensTotalType implements LensSummary {
  worst!: ServiceRow | null;

  @Field(() => LensCodeEnum)
  lens!: Lens;

  @Field(() => Int)
  count!: number;

  @Field(() => [BandCountType])
  bands!: readonly BandCountType[];
}

@ObjectType('DepartmentRow')
export class DepartmentRowType implements DepartmentSummary {
  @Field(() => String)
  department!: string;

  @Field(() => OperatedByEnum)
  operatedBy!: OperatedBy;

  @Field(() => [LensCellType])
  cells!: readonly LensCellType[];
}

@ObjectType('OverviewFigures')
export class OverviewFiguresType {
  constructor(readonly rows: readonly ServiceRow[]) {}

  @Field(() => Int)
  get urgentTotal(): number {
    return this.urgent.length;
  }

  @Field(() => Int)
  get urgentReady(): number {
    return this.urgent.filter((row) => row.band === 'ready').length;
  }

  @Field(() => Int)
  get unproven(): number {
    return this.unprovenRows.length;
  }

  @Field(() => Int)
  get unprovenReachingCustomers(): number {
    return this.unprovenRows.filter((row) => row.reach !== 'internal').length;
  }

  private get urgent(): readonly ServiceRow[] {
    return this.rows.filter((row) => row.service.tier <= 2);
  }

  private get unprovenRows(): readonly ServiceRow[] {
    return this.rows.filter((row) => row.band === 'unproven');
  }
}

/** `rows` are the services that the filters leave. */
@ObjectType('Overview')
export class OverviewType {
  constructor(readonly rows: readonly ServiceRow[]) {}
}
