// Freezes, blackout calendars, and the times that they close.
import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Lens } from '../domain/catalogue/lens.ts';
import type { BlackoutCalendar, Closing, Freeze } from '../domain/schedule/closing.ts';
import type { Scope } from '../domain/schedule/scope.ts';
import { ClosingKindEnum, LensCodeEnum } from './enums.ts';
import { instant, optionalInstant } from './instant.ts';

@ObjectType('Scope', { description: 'Everything, or whatever one of these names.' })
export class ScopeType implements Scope {
  @Field(() => Boolean)
  isEverything!: boolean;

  @Field(() => [String])
  services!: string[];

  @Field(() => [String])
  sites!: string[];

  @Field(() => [LensCodeEnum])
  lenses!: Lens[];

  @Field(() => [String], { description: 'Labels of hosts, as env=prod.' })
  hostLabels!: string[];
}

@InputType('ScopeInput')
export class ScopeInput implements Scope {
  @Field(() => Boolean, { defaultValue: false })
  isEverything!: boolean;

  @Field(() => [String], { defaultValue: [] })
  services!: string[];

  @Field(() => [String], { defaultValue: [] })
  sites!: string[];

  @Field(() => [LensCodeEnum], { defaultValue: [] })
  lenses!: Lens[];

  @Field(() => [String], { defaultValue: [] })
  hostLabels!: string[];
}

export function scopeOf({ isEverything, services, sites, lenses, hostLabels }: ScopeInput): Scope {
  return { isEverything, services, sites, lenses, hostLabels };
}

@ObjectType('Closing', { description: 'A time in which a freeze or an event of a blackout calendar rules drills out.' })
export class ClosingType {
  constructor(private readonly closing: Closing) {}

  @Field(() => ClosingKindEnum)
  get kind(): Closing['kind'] {
    return this.closing.kind;
  }

  @Field(() => ID, { description: 'Of the freeze or the calendar.' })
  get id(): string {
    return this.closing.id;
  }

  @Field(() => String)
  get title(): string {
    return this.closing.title;
  }

  @Field(() => String)
  get reason(): string {
    return this.closing.reason;
  }

  @Field(() => GraphQLISODateTime)
  get fromAt(): Date {
    return instant(this.closing.fromAt);
  }

  @Field(() => GraphQLISODateTime, { description: 'Not part of it.' })
  get toAt(): Date {
    return instant(this.closing.toAt);
  }

  @Field(() => ScopeType)
  get scope(): Scope {
    return this.closing.scope;
  }
}

@ObjectType('Freeze')
export class FreezeType {
  constructor(readonly freeze: Freeze) {}

  @Field(() => ID)
  get id(): string {
    return this.freeze.id;
  }

  @Field(() => String)
  get title(): string {
    return this.freeze.title;
  }

  @Field(() => String)
  get reason(): string {
    return this.freeze.reason;
  }

  @Field(() => ScopeType)
  get scope(): Scope {
    return this.freeze.scope;
  }

  @Field(() => String, { description: 'Local time of the zone.' })
  get from(): string {
    return this.freeze.from;
  }

  @Field(() => String, { description: 'Local time of the zone; not part of it.' })
  get to(): string {
    return this.freeze.to;
  }

  @Field(() => String)
  get zone(): string {
    return this.freeze.zone;
  }

  @Field(() => String)
  get ownerName(): string {
    return this.freeze.owner;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.freeze.endedAt);
  }

  @Field(() => Int)
  get version(): number {
    return this.freeze.version;
  }
}

@InputType('FreezeInput')
export class FreezeInputType {
  @Field(() => String)
  title!: string;

  @Field(() => String)
  reason!: string;

  @Field(() => ScopeInput)
  scope!: ScopeInput;

  @Field(() => String, { description: 'Local time of the zone, as 2026-12-20T00:00.' })
  from!: string;

  @Field(() => String)
  to!: string;

  @Field(() => String)
  zone!: string;
}

@ObjectType('BlackoutCalendar')
export class BlackoutCalendarType {
  constructor(readonly calendar: BlackoutCalendar) {}

  @Field(() => ID)
  get id(): string {
    return this.calendar.id;
  }

  @Field(() => String)
  get title(): string {
    return this.calendar.title;
  }

  @Field(() => ScopeType)
  get scope(): Scope {
    return this.calendar.scope;
  }

  @Field(() => String)
  get zone(): string {
    return this.calendar.zone;
  }

  @Field(() => String)
  get ownerName(): string {
    return this.calendar.owner;
  }

  @Field(() => GraphQLISODateTime, { nullable: true })
  get endedAt(): Date | null {
    return optionalInstant(this.calendar.endedAt);
  }

  @Field(() => Int)
  get version(): number {
    return this.calendar.version;
  }
}

@InputType('BlackoutCalendarInput')
export class BlackoutInputType {
  @Field(() => String)
  title!: string;

  @Field(() => ScopeInput)
  scope!: ScopeInput;

  @Field(() => String, { description: 'For whole days, and for times without a zone.' })
  zone!: string;

  @Field(() => String, { nullable: true, description: 'The iCalendar file. In a change, left out keeps the one that is there.' })
  text?: string | null;
}

@ObjectType('BlackoutEvent')
export class BlackoutEventType {
  @Field(() => String)
  title!: string;

  @Field(() => GraphQLISODateTime)
  fromAt!: Date;

  @Field(() => GraphQLISODateTime)
  toAt!: Date;
}
