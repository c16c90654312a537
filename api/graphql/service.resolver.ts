// Services: the list, the page of one, and all that leads from it.
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { may } from '../application/access.ts';
import type { CatalogueView } from '../application/catalogue-view.ts';
import { listServices, scheduledServices, type ServiceSort } from '../application/list-services.ts';
import { policyOf } from '../domain/catalogue/default-policies.ts';
import { objectiveOf } from '../domain/catalogue/objective.ts';
import { PersonType } from './account.type.ts';
import { checkedCount, connectionFrom, pageRequest, PageArgs, type Connection } from './connection.ts';
import { subjectIn, type GraphContext } from './context.ts';
import { DrillConnectionType, DrillType } from './drill.type.ts';
import { ServiceSortEnum } from './enums.ts';
import { demand, errorOf } from './errors.ts';
import { HostType } from './host.type.ts';
import { instant } from './instant.ts';
import { drillOrNull, hostsOf, personOf, serviceOf, servicesOf } from './links.ts';
import { ReadinessType, ScorePointType } from './readiness.type.ts';
import { RunbookType } from './runbook.type.ts';
import { DependencyType, ObjectiveType, ServiceConnectionType, ServiceFilterInput, ServiceType } from './service.type.ts';

const DAY_MS = 86_400_000;

@Resolver(() => ServiceType)
export class ServiceResolver {
  @Query(() => ServiceConnectionType)
  async services(
    @Arg('filter', () => ServiceFilterInput, { nullable: true }) filter: ServiceFilterInput | null | undefined,
    @Arg('sort', () => ServiceSortEnum, { defaultValue: 'fix-first' }) sort: ServiceSort,
    @Args() args: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Connection<ServiceType>> {
    demand(context, 'services.see');
    const view = await scheduledView(context, filter?.isScheduled ?? null);
    const page = listServices(view, filter ?? {}, { ...pageRequest(args), sort });
    return connectionFrom(page, (row) => new ServiceType(row));
  }

  @Query(() => ServiceType, { nullable: true })
  async service(@Arg('key', () => ID) key: string, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    demand(context, 'services.see');
    return serviceOf(context, key);
  }

  @FieldResolver(() => [ServiceType], { description: 'From this service up to a customer-facing one, when its reach is derived.' })
  async reachPath(@Root() { row }: ServiceType, @Ctx() context: GraphContext): Promise<ServiceType[]> {
    return servicesOf(context, row.reachPath);
  }

  @FieldResolver(() => PersonType, { nullable: true })
  async owner(@Root() { ownerName }: ServiceType, @Ctx() context: GraphContext): Promise<PersonType | null> {
    return personOf(context, ownerName);
  }

  @FieldResolver(() => PersonType, { nullable: true })
  async deputy(@Root() { deputyName }: ServiceType, @Ctx() context: GraphContext): Promise<PersonType | null> {
    return personOf(context, deputyName);
  }

  @FieldResolver(() => ObjectiveType)
  async objective(@Root() { row: { service } }: ServiceType, @Ctx() context: GraphContext): Promise<ObjectiveType> {
    const { portfolio } = await context.loaders.view();
    const { rtoSeconds, rpoSeconds, isRtoOwn, isRpoOwn } = objectiveOf(service, policyOf(portfolio.policies, service.tier));
    return { rtoSeconds, rpoSeconds, isOwnRto: isRtoOwn, isOwnRpo: isRpoOwn };
  }

  @FieldResolver(() => ReadinessType)
  readiness(@Root() { row }: ServiceType): ReadinessType {
    if (row.assessment === null) throw errorOf({ code: 'CONFLICT', message: `${row.service.name} is being assessed. Look again in a moment.` });
    return new ReadinessType(row, row.assessment);
  }

  @FieldResolver(() => [ScorePointType])
  async scoreHistory(
    @Root() { key }: ServiceType,
    @Arg('sinceDays', () => Int, { defaultValue: 365 }) sinceDays: number,
    @Ctx() { app }: GraphContext,
  ): Promise<ScorePointType[]> {
    const points = await app.database.stores.readiness.scoreHistory(key, app.clock() - sinceDays * DAY_MS);
    return points.map((point) => ({ at: instant(point.at), effective: point.effective, band: point.band }));
  }

  @FieldResolver(() => [DependencyType])
  async dependencies(@Root() { key }: ServiceType, @Ctx() context: GraphContext): Promise<DependencyType[]> {
    const { portfolio } = await context.loaders.view();
    return portfolio.dependencies.filter((edge) => edge.from === key).map(({ to, kind }) => ({ kind, serviceKey: to }));
  }

  @FieldResolver(() => [DependencyType])
  async dependents(@Root() { key }: ServiceType, @Ctx() context: GraphContext): Promise<DependencyType[]> {
    const { portfolio } = await context.loaders.view();
    return portfolio.dependencies.filter((edge) => edge.to === key).map(({ from, kind }) => ({ kind, serviceKey: from }));
  }

  @FieldResolver(() => [RunbookType])
  async runbooks(@Root() { key }: ServiceType, @Ctx() context: GraphContext): Promise<RunbookType[]> {
    const all = [...(await context.loaders.runbooks()).values()].map((listed) => new RunbookType(listed));
    return all.filter((runbook) => runbook.current.runbook.services.includes(key));
  }

  @FieldResolver(() => DrillConnectionType)
  async drills(
    @Root() { key }: ServiceType,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<Connection<DrillType>> {
    demand(context, 'drills.see', await subjectIn(context, [key]));
    const { drills } = context.app.database.stores;
    const page = await drills.page({ first: checkedCount(first), after: after ?? null, services: [key], runbook: null, states: null });
    return connectionFrom(page, (record) => new DrillType(record));
  }

  @FieldResolver(() => [HostType])
  async hosts(@Root() { row }: ServiceType, @Ctx() context: GraphContext): Promise<HostType[]> {
    return hostsOf(context, row.service.hosts);
  }

  @FieldResolver(() => DrillType, { nullable: true, description: 'Null too when the signed-in person may not see the drills of this service.' })
  async lastDrill(@Root() { key }: ServiceType, @Ctx() context: GraphContext): Promise<DrillType | null> {
    if (!may(context.actor, 'drills.see', await subjectIn(context, [key]))) return null;
    return drillOrNull(await context.loaders.lastDrillOf.load(key));
  }

  @FieldResolver(() => Boolean)
  async canRequestDrill(@Root() { key }: ServiceType, @Ctx() context: GraphContext): Promise<boolean> {
    return may(context.actor, 'drills.request', await subjectIn(context, [key]));
  }
}

@Resolver(() => DependencyType)
export class DependencyResolver {
  @FieldResolver(() => ServiceType, { nullable: true, description: 'Null when the catalogue has no such service.' })
  async service(@Root() { serviceKey }: DependencyType, @Ctx() context: GraphContext): Promise<ServiceType | null> {
    return serviceOf(context, serviceKey);
  }
}

/** The catalogue with those services alone that a schedule drills, or does not; null for all. */
async function scheduledView(context: GraphContext, isScheduled: boolean | null): Promise<CatalogueView> {
  const view = await context.loaders.view();
  if (isScheduled === null) return view;
  const scheduled = scheduledServices(await context.loaders.schedules(), await context.loaders.runbooks());
  return { ...view, rows: view.rows.filter(({ service }) => scheduled.has(service.key) === isScheduled) };
}
