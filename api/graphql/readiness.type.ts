// The explained score as the API shows it.
import { Field, Float, GraphQLISODateTime, ObjectType } from 'type-graphql';
import type { ServiceRow } from '../application/catalogue-view.ts';
import type { Band, ComponentCode, ComponentResult, ComponentState, Gap, ServiceAssessment, Severity } from '../domain/readiness/assessment.ts';
import { BandEnum, ComponentCodeEnum, ComponentStateEnum, SeverityEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';

@ObjectType('ScoreLimit')
export class ScoreLimitType {
  @Field(() => Float)
  at!: number;

  @Field(() => String)
  reason!: string;
}

@ObjectType('LimitingService')
export class LimitingServiceType {
  serviceKey!: string;

  @Field(() => Float)
  score!: number;

  @Field(() => String)
  reason!: string;
}

@ObjectType('Component')
export class ComponentType implements ComponentResult {
  @Field(() => ComponentCodeEnum)
  code!: ComponentCode;

  @Field(() => ComponentStateEnum)
  state!: ComponentState;

  @Field(() => Float)
  earned!: number;

  @Field(() => Float)
  possible!: number;

  @Field(() => String)
  reason!: string;

  @Field(() => String, { nullable: true })
  action!: string | null;

  @Field(() => Float)
  gain!: number;

  @Field(() => [String])
  evidence!: readonly string[];
}

@ObjectType('Gap')
export class GapType {
  constructor(readonly gap: Gap) {}

  @Field(() => String)
  get code(): string {
    return this.gap.code;
  }

  @Field(() => SeverityEnum)
  get severity(): Severity {
    return this.gap.severity;
  }

  @Field(() => String)
  get title(): string {
    return this.gap.title;
  }

  @Field(() => String)
  get reason(): string {
    return this.gap.reason;
  }

  @Field(() => String)
  get action(): string {
    return this.gap.action;
  }

  @Field(() => ComponentCodeEnum, { nullable: true })
  get component(): ComponentCode | null {
    return this.gap.component;
  }

  @Field(() => Float)
  get pointsLost(): number {
    return this.gap.pointsLost;
  }

  @Field(() => Float)
  get gain(): number {
    return this.gap.gain;
  }

  @Field(() => Float)
  get portfolioGain(): number {
    return this.gap.portfolioGain;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get since(): Date | null {
    return optionalInstant(this.gap.since);
  }

  @Field(() => [String])
  get evidence(): readonly string[] {
    return this.gap.evidence;
  }
}

@ObjectType('RecoveryRung')
export class RecoveryRungType {
  serviceKey!: string;

  @Field(() => Float, { nullable: true })
  ownMs!: number | null;
}

@ObjectType('ScorePoint')
export class ScorePointType {
  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => Float)
  effective!: number;

  @Field(() => BandEnum)
  band!: Band;
}

@ObjectType('Readiness')
export class ReadinessType {
  constructor(
    readonly row: ServiceRow,
    private readonly assessment: ServiceAssessment,
  ) {}

  @Field(() => Float, { nullable: true, description: 'Null while unproven: shown as a dash and never as 0.' })
  get score(): number | null {
    return this.assessment.band === 'unproven' ? null : this.assessment.effective;
  }

  @Field(() => Float)
  get own(): number {
    return this.assessment.own;
  }

  @Field(() => Float)
  get effective(): number {
    return this.assessment.effective;
  }

  @Field(() => BandEnum)
  get band(): Band {
    return this.assessment.band;
  }

  @Field(() => ScoreLimitType, { nullable: true })
  get limit(): ScoreLimitType | null {
    return this.assessment.limit;
  }

  @Field(() => [LimitingServiceType])
  get limitedBy(): LimitingServiceType[] {
    return this.assessment.limitedBy.map(({ service, score, reason }) => ({ serviceKey: service, score, reason }));
  }

  @Field(() => [ComponentType])
  get components(): readonly ComponentType[] {
    return this.assessment.components;
  }

  @Field(() => [GapType])
  get gaps(): GapType[] {
    return this.assessment.gaps.map((gap) => new GapType(gap));
  }

  @Field(() => Float)
  get proofCoverage(): number {
    return this.assessment.proofCoverage;
  }

  @Field(() => Float, { nullable: true })
  get provenRecoveryMs(): number | null {
    return this.assessment.provenRecoveryMs;
  }

  @Field(() => Float, { nullable: true })
  get provenDataLossMs(): number | null {
    return this.assessment.provenDataLossMs;
  }

  @Field(() => Float, { nullable: true })
  get endToEndRecoveryMs(): number | null {
    return this.assessment.endToEndRecoveryMs;
  }

  @Field(() => [RecoveryRungType])
  get recoveryPath(): RecoveryRungType[] {
    return this.assessment.recoveryPath.map(({ service, ownMs }) => ({ serviceKey: service, ownMs }));
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get lastDrillAt(): Date | null {
    return optionalInstant(this.assessment.lastDrillAt);
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get nextDueAt(): Date | null {
    return optionalInstant(this.assessment.nextDueAt);
  }

  @Field(() => GraphQLISODateTime)
  get assessedAt(): Date {
    return instant(this.row.assessedAt ?? 0);
  }
}

@ObjectType('ScoreChange')
export class ScoreChangeType {
  serviceKey!: string;

  @Field(() => Float, { nullable: true })
  before!: number | null;

  @Field(() => BandEnum, { nullable: true })
  beforeBand!: Band | null;

  @Field(() => Float)
  after!: number;

  @Field(() => BandEnum)
  afterBand!: Band;
}
