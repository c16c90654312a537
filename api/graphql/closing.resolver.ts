// Freezes and blackout calendars: who set them, for what, and until when.
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createBlackout, endBlackout, updateBlackout, type BlackoutInput } from '../application/put-blackout.ts';
import { createFreeze, endFreeze, updateFreeze, type FreezeInput } from '../application/put-freeze.ts';
import { denyClosing } from '../application/closing-input.ts';
import { readIcal } from '../domain/schedule/ical.ts';
import { zoneProblem } from '../domain/schedule/validate-zone.ts';
import { BlackoutCalendarType, BlackoutEventType, BlackoutInputType, FreezeInputType, FreezeType, scopeOf } from './closing.type.ts';
import type { GraphContext } from './context.ts';
import { demand, errorOf, unwrap } from './errors.ts';
import { instant } from './instant.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 400;
const MOST_SHOWN = 100;

@Resolver(() => FreezeType)
export class FreezeResolver {
  @Query(() => [FreezeType])
  async freezes(@Arg('withEnded', () => Boolean, { defaultValue: false }) withEnded: boolean, @Ctx() context: GraphContext): Promise<FreezeType[]> {
    demand(context, 'schedules.see');
    const all = await context.app.database.stores.freezes.list();
    return all.filter(({ endedAt }) => withEnded || endedAt === null).map((freeze) => new FreezeType(freeze));
  }

  @Mutation(() => FreezeType)
  async createFreeze(@Arg('input', () => FreezeInputType) input: FreezeInputType, @Ctx() { app, actor }: GraphContext): Promise<FreezeType> {
    return new FreezeType(unwrap(await createFreeze(app, actor, freezeInputOf(input))));
  }

  @Mutation(() => FreezeType)
  async updateFreeze(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => FreezeInputType) input: FreezeInputType,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<FreezeType> {
    return new FreezeType(unwrap(await updateFreeze(app, actor, { id, version, input: freezeInputOf(input) })));
  }

  @Mutation(() => FreezeType)
  async endFreeze(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<FreezeType> {
    return new FreezeType(unwrap(await endFreeze(app, actor, { id, reason })));
  }

  @FieldResolver(() => Boolean)
  async canEdit(@Root() { freeze }: FreezeType, @Ctx() { app, actor }: GraphContext): Promise<boolean> {
    return freeze.endedAt === null && (await denyClosing(app.database.stores, actor, [freeze.scope])) === null;
  }
}

@Resolver(() => BlackoutCalendarType)
export class BlackoutResolver {
  @Query(() => [BlackoutCalendarType])
  async blackoutCalendars(
    @Arg('withEnded', () => Boolean, { defaultValue: false }) withEnded: boolean,
    @Ctx() context: GraphContext,
  ): Promise<BlackoutCalendarType[]> {
    demand(context, 'schedules.see');
    const all = await context.app.database.stores.blackouts.list();
    return all.filter(({ endedAt }) => withEnded || endedAt === null).map((calendar) => new BlackoutCalendarType(calendar));
  }

  @Query(() => [BlackoutEventType], { description: 'What an iCalendar file would rule out in the next 400 days, at most 100. Stores nothing.' })
  async readBlackoutFile(
    @Arg('text', () => String) text: string,
    @Arg('zone', () => String) zone: string,
    @Ctx() context: GraphContext,
  ): Promise<BlackoutEventType[]> {
    demand(context, 'schedules.see');
    const bad = zoneProblem(zone);
    if (bad !== null) throw errorOf({ code: 'INVALID_INPUT', message: `${bad.message} ${bad.remedy}`, field: 'zone' });
    return eventsOf(text, zone, context.app.clock());
  }

  @Mutation(() => BlackoutCalendarType)
  async createBlackoutCalendar(
    @Arg('input', () => BlackoutInputType) input: BlackoutInputType,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<BlackoutCalendarType> {
    return new BlackoutCalendarType(unwrap(await createBlackout(app, actor, blackoutInputOf(input))));
  }

  @Mutation(() => BlackoutCalendarType)
  async updateBlackoutCalendar(
    @Arg('id', () => ID) id: string,
    @Arg('version', () => Int) version: number,
    @Arg('input', () => BlackoutInputType) input: BlackoutInputType,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<BlackoutCalendarType> {
    return new BlackoutCalendarType(unwrap(await updateBlackout(app, actor, { id, version, input: blackoutInputOf(input) })));
  }

  @Mutation(() => BlackoutCalendarType)
  async endBlackoutCalendar(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
    @Ctx() { app, actor }: GraphContext,
  ): Promise<BlackoutCalendarType> {
    return new BlackoutCalendarType(unwrap(await endBlackout(app, actor, { id, reason })));
  }

  @FieldResolver(() => [BlackoutEventType], { description: 'Of the next 400 days, at most 100.' })
  nextEvents(@Root() { calendar }: BlackoutCalendarType, @Ctx() { app }: GraphContext): BlackoutEventType[] {
    return eventsOf(calendar.text, calendar.zone, app.clock());
  }

  @FieldResolver(() => Boolean)
  async canEdit(@Root() { calendar }: BlackoutCalendarType, @Ctx() { app, actor }: GraphContext): Promise<boolean> {
    return calendar.endedAt === null && (await denyClosing(app.database.stores, actor, [calendar.scope])) === null;
  }
}

function eventsOf(text: string, zone: string, now: number): BlackoutEventType[] {
  const read = readIcal(text, zone);
  if (!read.ok) {
    const [first] = read.problems;
    const message = `${first?.message ?? 'The file cannot be read.'} ${first?.remedy ?? ''}`.trim();
    throw errorOf({ code: 'INVALID_INPUT', message, field: 'text', problems: read.problems });
  }
  const spans = read.calendar.spans(now, now + SHOWN_DAYS * DAY_MS).slice(0, MOST_SHOWN);
  return spans.map(({ title, fromAt, toAt }) => ({ title, fromAt: instant(fromAt), toAt: instant(toAt) }));
}

function freezeInputOf({ title, reason, scope, from, to, zone }: FreezeInputType): FreezeInput {
  return { title, reason, scope: scopeOf(scope), from, to, zone };
}

function blackoutInputOf({ title, scope, zone, text }: BlackoutInputType): BlackoutInput {
  return { title, scope: scopeOf(scope), zone, text: text ?? null };
}
