// The overview: are we ready, and where not?
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import { isWanted, scheduledServices } from '../application/list-services.ts';
import { fixFirst, summariseCells, summariseDepartments, summariseLenses } from '../application/overview.ts';
import { PersonType } from './account.type.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { demand } from './errors.ts';
import { DepartmentRowType, LensCellType, LensTotalType, OverviewFiguresType, OverviewType } from './overview.type.ts';
import { GapType } from './readiness.type.ts';
import { ServiceType } from './service.type.ts';

/** Drills due this soon are counted: two weeks is what a rota is planned ahead. */
const DUE_WITHIN_DAYS = 14;
const DAY_MS = 86_400_000;
const RUNNING_STATES = ['running', 'paused', 'recovering', 'needs-decision', 'aborting'] as const;

@Resolver(() => OverviewType)
export class OverviewResolver {
  @Query(() => OverviewType)
  async overview(
    @Arg('tier', () => Int, { nullable: true }) tier: number | null | undefined,
    @Arg('owner', () => String, { nullable: true }) owner: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<OverviewType> {
    demand(context, 'services.see');
    const { rows } = await context.loaders.view();
    return new OverviewType(rows.filter((row) => isWanted(row, { tier, owner })));
  }

  @FieldResolver(() => [LensCellType], { description: 'One for each of the twelve cells, row by row.' })
  async cells(@Root() { rows }: OverviewType, @Ctx() context: GraphContext): Promise<readonly LensCellType[]> {
    return summariseCells(await context.loaders.view(), rows);
  }

  @FieldResolver(() => [LensTotalType])
  lenses(@Root() { rows }: OverviewType): readonly LensTotalType[] {
    return summariseLenses(rows);
  }

  @FieldResolver(() => OverviewFiguresType)
  figures(@Root() { rows }: OverviewType): OverviewFiguresType {
    return new OverviewFiguresType(rows);
  }

  @FieldResolver(() => [GapType])
  fixFirst(@Root() { rows }: OverviewType): GapType[] {
    return fixFirst(rows).map((gap) => new GapType(gap));
  }

  @FieldResolver(() => [DepartmentRowType], { description: 'Departments that operate services, for the rows that open.' })
  async departments(@Root() { rows }: OverviewType, @Ctx() context: GraphContext): Promise<readonly DepartmentRowType[]> {
    return summariseDepartments(await context.loaders.view(), rows);
  }

  @FieldResolver(() => [PersonType], { description: 'Everybody who owns a service, whatever the filters say.' })
  async owners(@Ctx() context: GraphContext): Promise<PersonType[]> {
    const { rows } = await context.loaders.view();
    const names = [...new Set(rows.flatMap((row) => row.service.owner ?? []))].toSorted();
    const accounts = await context.loaders.account.loadMany(names);
    return accounts.flatMap((account, index): PersonType[] => {
      if (account instanceof Error) throw account;
      const name = names[index] ?? '';
      return [{ name, displayName: account?.displayName ?? name, roles: account?.roles ?? [] }];
    });
  }
}

@Resolver(() => LensCellType)
export class LensCellResolver {
  @FieldResolver(() => ServiceType, { nullable: true })
  worst(@Root() { worst }: LensCellType): ServiceType | null {
    return worst === null ? null : new ServiceType(worst);
  }
}

@Resolver(() => LensTotalType)
export class LensTotalResolver {
  @FieldResolver(() => ServiceType, { nullable: true })
  worst(@Root() { worst }: LensTotalType): ServiceType | null {
    return worst === null ? null : new ServiceType(worst);
  }
}

@Resolver(() => OverviewFiguresType)
export class OverviewFiguresResolver {
  @FieldResolver(() => [DrillType])
  async running(@Root() { rows }: OverviewFiguresType, @Ctx() context: GraphContext): Promise<DrillType[]> {
    const shown = new Set(rows.map((row) => row.service.key));
    const drills = await context.app.database.stores.drills.inStates(RUNNING_STATES);
    const visible: DrillType[] = [];
    for (const drill of drills.filter((candidate) => candidate.services.some((key) => shown.has(key)))) {
      if (may(context.actor, 'drills.see', await subjectIn(context, drill.services))) visible.push(new DrillType(drill));
    }
    return visible;
  }

  @FieldResolver(() => Int)
  dueSoon(@Root() { rows }: OverviewFiguresType, @Ctx() { app }: GraphContext): number {
    const horizon = app.clock() + DUE_WITHIN_DAYS * DAY_MS;
    return rows.filter(({ assessment }) => assessment !== null && assessment.nextDueAt !== null && assessment.nextDueAt <= horizon).length;
  }

  @FieldResolver(() => Int, { description: 'Services that no active schedule drills.' })
  async unscheduled(@Root() { rows }: OverviewFiguresType, @Ctx() context: GraphContext): Promise<number> {
    const scheduled = scheduledServices(await context.loaders.schedules(), await context.loaders.runbooks());
    return rows.filter((row) => !scheduled.has(row.service.key)).length;
  }

  @FieldResolver(() => Int)
  dueWithinDays(): number {
    return DUE_WITHIN_DAYS;
  }
}
