// A small company for tests: a service in each of the twelve cells of the lens map, its people, and runbooks that need no host.
import type { Role } from '../../../api/application/access.ts';
import { OPERATORS, REACHES, type OperatedBy, type Reach } from '../../../api/domain/catalogue/portfolio.ts';

/** `olga` owns what IT operates, `pavel` is her deputy there; `nadia` owns the rest. */
export const PEOPLE = {
  carla: ['coordinator'],
  cosmo: ['coordinator'],
  olga: ['service-owner'],
  pavel: ['service-owner'],
  nadia: ['service-owner'],
  audrey: ['auditor'],
  adam: ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type PersonName = keyof typeof PEOPLE;

export interface CompanyOptions {
  /** More services of IT for internal use, beside the twelve. */
  readonly more?: number;
  /** Lines of the portfolio before its services, such as those of hosts. */
  readonly head?: string;
}

/** Key of the service in this cell. */
export function serviceIn(operatedBy: OperatedBy, reach: Reach): string {
  return `${operatedBy}-${reach}`;
}

export function companyPortfolio({ more = 0, head = '' }: CompanyOptions = {}): string {
  const cells = OPERATORS.flatMap((operatedBy) => REACHES.map((reach) => cellService(operatedBy, reach)));
  const others = Array.from({ length: more }, (_, index) => moreService(index + 1));
  return [head, 'services:', ...cells, ...others].join('\n');
}

/** Customers reach a service that needs the influencing one of its row; the internal one stands alone. */
function cellService(operatedBy: OperatedBy, reach: Reach): string {
  const isIt = operatedBy === 'it';
  const facts = [
    `key: ${serviceIn(operatedBy, reach)}`,
    `name: The ${reach} one of ${operatedBy}`,
    `tier: ${REACHES.indexOf(reach) + 1}`,
    `operatedBy: ${operatedBy}`,
    `owner: ${isIt ? 'olga' : 'nadia'}`,
    ...(isIt ? ['deputy: pavel'] : []),
    ...(operatedBy.includes('department') ? ['department: Payments'] : []),
    ...(operatedBy === 'outside' ? ['supplier: Far Away Ltd'] : []),
    ...(reach === 'customer-facing' ? ['customerFacing: true', `dependsOn: [${serviceIn(operatedBy, 'influences-customers')}]`] : []),
  ];
  return `  - { ${facts.join(', ')} }`;
}

function moreService(number: number): string {
  return `  - { key: more-${number}, name: More ${number}, tier: 4, operatedBy: it, owner: olga, dependsOn: [it-internal] }`;
}

/** A talk about one service: a step that a person confirms, and nothing else. */
export function talkRunbook(key: string, service: string): string {
  return `
runbook: ${key}
title: Talk about ${service}
services: [${service}]
scenario: site-loss
level: tabletop
steps:
  - { id: talk, title: Talk it through, confirm: { instruction: Say what you would do, expected: 10m } }
`;
}
