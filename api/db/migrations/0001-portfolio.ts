// Services, what they depend on, hosts, sites, policies. Dependencies, hosts of a service and sites may name what is not there yet.
import type { SchemaMigration } from './migration.ts';

export const portfolio: SchemaMigration = {
  name: '0001-portfolio',
  statements: ({ text, integer, tableEnd, clusteredTableEnd }) => [
    `create table site (
      key ${text} not null primary key,
      name ${text} not null
    ) ${tableEnd}`,
    `create table host (
      key ${text} not null primary key,
      name ${text} not null,
      address ${text} not null,
      port ${integer} not null,
      login ${text} not null,
      site ${text},
      labels ${text} not null,
      host_keys ${text} not null
    ) ${tableEnd}`,
    `create table service (
      key ${text} not null primary key,
      name ${text} not null,
      description ${text},
      tier ${integer} not null check (tier between 1 and 4),
      operated_by ${text} not null,
      department ${text},
      supplier ${text},
      is_customer_facing ${integer} not null check (is_customer_facing in (0, 1)),
      reach_override ${text},
      reach_note ${text},
      owner ${text},
      deputy ${text},
      rto_seconds ${integer},
      rpo_seconds ${integer},
      has_data ${integer} not null check (has_data in (0, 1)),
      check ((reach_override is null) = (reach_note is null))
    ) ${tableEnd}`,
    `create table service_host (
      service ${text} not null references service (key) on delete cascade,
      position ${integer} not null,
      host ${text} not null,
      primary key (service, position)
    ) ${clusteredTableEnd}`,
    `create table dependency (
      from_service ${text} not null,
      to_service ${text} not null,
      kind ${text} not null check (kind in ('hard', 'soft')),
      primary key (from_service, to_service)
    ) ${clusteredTableEnd}`,
    `create table tier_policy (
      tier ${integer} not null primary key check (tier between 1 and 4),
      rto_seconds ${integer} not null,
      rpo_seconds ${integer} not null,
      drill_every_days ${integer} not null,
      review_every_days ${integer} not null,
      level ${text} not null,
      scenarios ${text} not null,
      rehearsal_approvals ${integer} not null,
      failover_approvals ${integer} not null
    ) ${tableEnd}`,
    `create table setting (
      name ${text} not null primary key,
      value ${text} not null
    ) ${tableEnd}`,
  ],
};
