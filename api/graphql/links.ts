// From keys to the nouns they name, over the loaders of the operation.
import type { DrillRecord } from '../application/stores.ts';
import { PersonType } from './account.type.ts';
import type { GraphContext } from './context.ts';
import { DrillType } from './drill.type.ts';
import { HostCheckType, HostType } from './host.type.ts';
import { RunbookType } from './runbook.type.ts';
import { ServiceType } from './service.type.ts';

/** Null when the catalogue has no such service. */
export async function serviceOf(context: GraphContext, key: string): Promise<ServiceType | null> {
  const row = (await context.loaders.view()).byKey.get(key);
  return row === undefined ? null : new ServiceType(row);
}

/** Those that the catalogue has, in the order given. */
export async function servicesOf(context: GraphContext, keys: readonly string[]): Promise<ServiceType[]> {
  const { byKey } = await context.loaders.view();
  return keys.flatMap((key) => byKey.get(key) ?? []).map((row) => new ServiceType(row));
}

export async function hostsOf(context: GraphContext, keys: readonly string[]): Promise<HostType[]> {
  const { portfolio } = await context.loaders.view();
  const wanted = new Set(keys);
  return portfolio.hosts.filter((host) => wanted.has(host.key)).map((host) => new HostType(host));
}

export async function runbookOf(context: GraphContext, key: string): Promise<RunbookType | null> {
  const listed = (await context.loaders.runbooks()).get(key);
  return listed === undefined ? null : new RunbookType(listed);
}

export async function personOf(context: GraphContext, name: string | null): Promise<PersonType | null> {
  if (name === null) return null;
  const account = await context.loaders.account.load(name);
  return account === null ? null : { name: account.name, displayName: account.displayName, roles: account.roles };
}

export async function hostCheckOf(context: GraphContext, host: string): Promise<HostCheckType | null> {
  const check = (await context.loaders.hostChecks()).get(host);
  return check === undefined ? null : new HostCheckType(check);
}

export function drillOrNull(record: DrillRecord | null): DrillType | null {
  return record === null ? null : new DrillType(record);
}
