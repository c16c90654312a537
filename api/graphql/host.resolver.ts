// Hosts, the services on them, and the test of their connections.
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkHosts, checkOneHost } from '../application/check-hosts.ts';
import { pinHostKeys } from '../application/pin-host-keys.ts';
import type { GraphContext } from './context.ts';
import { demand, unwrap } from './errors.ts';
import { HostCheckType, HostType, PinHostKeysInput } from './host.type.ts';
import { hostCheckOf, hostsOf } from './links.ts';
import { ServiceType } from './service.type.ts';

@Resolver(() => HostType)
export class HostResolver {
  @Query(() => [HostType])
  async hosts(@Ctx() context: GraphContext): Promise<HostType[]> {
    demand(context, 'hosts.see');
    return (await context.loaders.view()).portfolio.hosts.map((host) => new HostType(host));
  }

  @Mutation(() => [HostCheckType], { description: "Connects to each host of the runbook's approved revision, verifies its key, and runs nothing." })
  async checkHosts(@Arg('runbook', () => ID) runbook: string, @Ctx() context: GraphContext): Promise<HostCheckType[]> {
    const checks = unwrap(await checkHosts(context.app, context.actor, runbook));
    return checks.map((check) => new HostCheckType(check));
  }

  @Query(() => HostType, { nullable: true })
  async host(@Arg('key', () => ID) key: string, @Ctx() context: GraphContext): Promise<HostType | null> {
    demand(context, 'hosts.see');
    return (await hostsOf(context, [key]))[0] ?? null;
  }

  @Mutation(() => HostCheckType, { description: 'Connects, verifies the key, signs in, and runs nothing.' })
  async checkHost(@Arg('key', () => ID) key: string, @Ctx() { app, actor }: GraphContext): Promise<HostCheckType> {
    return new HostCheckType(unwrap(await checkOneHost(app, actor, key)));
  }

  @Mutation(() => HostType, { description: 'Pins the keys by which the host is known, in the place of those before, and looks at it.' })
  async pinHostKeys(@Arg('input', () => PinHostKeysInput) input: PinHostKeysInput, @Ctx() { app, actor }: GraphContext): Promise<HostType> {
    return new HostType(unwrap(await pinHostKeys(app, actor, input)));
  }

  @FieldResolver(() => HostCheckType, { nullable: true })
  async check(@Root() { key }: HostType, @Ctx() context: GraphContext): Promise<HostCheckType | null> {
    return hostCheckOf(context, key);
  }

  @FieldResolver(() => [ServiceType])
  async services(@Root() { key }: HostType, @Ctx() context: GraphContext): Promise<ServiceType[]> {
    const { rows } = await context.loaders.view();
    return rows.filter((row) => row.service.hosts.includes(key)).map((row) => new ServiceType(row));
  }
}
