// Services, hosts and policies as rows, and rows as services, hosts and policies.
import type { Selectable } from 'kysely';
import { LEVELS, OPERATORS, REACHES, TIERS, type Host, type Service, type TierPolicy } from '../domain/catalogue/portfolio.ts';
import type { HostTable, ServiceTable, TierPolicyTable } from './tables.ts';
import { flag, oneOf, readJson, writeJson } from './values.ts';

export function serviceRow(service: Service): ServiceTable {
  return {
    key: service.key,
    name: service.name,
    description: service.description,
    tier: service.tier,
    operated_by: service.operatedBy,
    department: service.department,
    supplier: service.supplier,
    is_customer_facing: flag(service.isCustomerFacing),
    reach_override: service.reachOverride?.reach ?? null,
    reach_note: service.reachOverride?.note ?? null,
    owner: service.owner,
    deputy: service.deputy,
    rto_seconds: service.rtoSeconds,
    rpo_seconds: service.rpoSeconds,
    has_data: flag(service.hasData),
  };
}

export function serviceOf(row: Selectable<ServiceTable>, hosts: readonly string[]): Service {
  return {
    key: row.key,
    name: row.name,
    description: row.description,
    tier: oneOf(TIERS, row.tier),
    operatedBy: oneOf(OPERATORS, row.operated_by),
    department: row.department,
    supplier: row.supplier,
    isCustomerFacing: row.is_customer_facing === 1,
    reachOverride: row.reach_override === null ? null : { reach: oneOf(REACHES, row.reach_override), note: row.reach_note ?? '' },
    owner: row.owner,
    deputy: row.deputy,
    rtoSeconds: row.rto_seconds,
    rpoSeconds: row.rpo_seconds,
    hasData: row.has_data === 1,
    hosts,
  };
}

export function hostRow(host: Host): HostTable {
  return {
    key: host.key,
    name: host.name,
    address: host.address,
    port: host.port,
    login: host.user,
    site: host.site,
    labels: writeJson(host.labels),
    host_keys: writeJson(host.hostKeys),
    jump: host.jump,
    credential: host.credential,
    pins: writeJson(host.pinned),
  };
}

export function hostOf(row: Selectable<HostTable>): Host {
  return {
    key: row.key,
    name: row.name,
    address: row.address,
    port: row.port,
    user: row.login,
    site: row.site,
    labels: readJson(row.labels),
    jump: row.jump,
    credential: row.credential,
    hostKeys: readJson(row.host_keys),
    pinned: readJson(row.pins),
  };
}

export function policyRow(policy: TierPolicy): TierPolicyTable {
  return {
    tier: policy.tier,
    rto_seconds: policy.rtoSeconds,
    rpo_seconds: policy.rpoSeconds,
    drill_every_days: policy.drillEveryDays,
    review_every_days: policy.reviewEveryDays,
    level: policy.level,
    scenarios: writeJson(policy.scenarios),
    rehearsal_approvals: policy.approvals.rehearsal,
    failover_approvals: policy.approvals.failover,
  };
}

export function policyOf(row: Selectable<TierPolicyTable>): TierPolicy {
  return {
    tier: oneOf(TIERS, row.tier),
    rtoSeconds: row.rto_seconds,
    rpoSeconds: row.rpo_seconds,
    drillEveryDays: row.drill_every_days,
    reviewEveryDays: row.review_every_days,
    level: oneOf(LEVELS, row.level),
    scenarios: readJson(row.scenarios),
    approvals: { rehearsal: row.rehearsal_approvals, failover: row.failover_approvals },
  };
}
