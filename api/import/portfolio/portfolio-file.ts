// The shape of the app's own portfolio file: its types, and the JSON schema that holds them.
import { LEVELS, OPERATORS, REACHES, TIERS } from '../../domain/catalogue/portfolio.ts';
import type { DrillLevel, OperatedBy, Reach, Tier } from '../../domain/catalogue/portfolio.ts';

/** After validation; durations are still text. */
export interface PortfolioFile {
  readonly sites?: readonly { readonly key: string; readonly name?: string }[];
  readonly hosts?: readonly HostEntry[];
  readonly policies?: readonly PolicyEntry[];
  readonly settings?: { readonly esmIsCompanyWide?: boolean };
  readonly services: readonly ServiceEntry[];
}

export interface HostEntry {
  readonly key: string;
  readonly name?: string;
  readonly address: string;
  readonly port?: number;
  readonly user?: string;
  readonly site?: string;
  /** Key of the host that it is reached through. */
  readonly jump?: string;
  /** Id of a credential of the installation. */
  readonly credential?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostKeys?: readonly string[];
}

export interface PolicyEntry {
  readonly tier: Tier;
  readonly rto?: string;
  readonly rpo?: string;
  readonly drillEvery?: string;
  readonly reviewEvery?: string;
  readonly level?: DrillLevel;
  readonly scenarios?: readonly string[];
  readonly approvals?: { readonly rehearsal?: number; readonly failover?: number };
}

export interface ServiceEntry {
  readonly key: string;
  readonly name: string;
  readonly description?: string;
  readonly tier: Tier;
  readonly operatedBy: OperatedBy;
  readonly department?: string;
  readonly supplier?: string;
  readonly customerFacing?: boolean;
  readonly reach?: { readonly override: Reach; readonly note: string };
  readonly owner?: string;
  readonly deputy?: string;
  readonly rto?: string;
  readonly rpo?: string;
  readonly hasData?: boolean;
  readonly hosts?: readonly string[];
  readonly dependsOn?: readonly DependencyEntry[];
}

export type DependencyEntry = string | { readonly service: string; readonly kind?: 'hard' | 'soft' };

const TEXT = { type: 'string', minLength: 1, maxLength: 2_000 } as const;
const KEY = { type: 'string', format: 'key' } as const;
const ACCOUNT = { type: 'string', format: 'account' } as const;
const RTO = { type: 'string', format: 'rto' } as const;
const RPO = { type: 'string', format: 'rpo' } as const;
const DAYS = { type: 'string', format: 'days' } as const;
const APPROVERS = { type: 'integer', minimum: 0, maximum: 5 } as const;

function listOf<T>(items: T): { readonly type: 'array'; readonly items: T } {
  return { type: 'array', items };
}

function mapOf(required: readonly string[], properties: object): object {
  return { type: 'object', required, properties, additionalProperties: false };
}

/** Unknown keys are errors everywhere: nothing is guessed, and a slip of the pen never passes for a default. */
export function portfolioSchema(): object {
  const site = mapOf(['key'], { key: KEY, name: TEXT });
  return mapOf(['services'], {
    sites: listOf(site),
    hosts: listOf(hostSchema()),
    policies: listOf(policySchema()),
    settings: mapOf([], { esmIsCompanyWide: { type: 'boolean' } }),
    services: listOf(serviceSchema()),
  });
}

function hostSchema(): object {
  return mapOf(['key', 'address'], {
    key: KEY,
    name: TEXT,
    address: { type: 'string', format: 'address' },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    user: ACCOUNT,
    site: KEY,
    jump: KEY,
    credential: KEY,
    labels: { type: 'object', additionalProperties: TEXT },
    hostKeys: listOf({ type: 'string', format: 'host-key' }),
  });
}

function policySchema(): object {
  return mapOf(['tier'], {
    tier: { type: 'integer', enum: TIERS },
    rto: RTO,
    rpo: RPO,
    drillEvery: DAYS,
    reviewEvery: DAYS,
    level: { type: 'string', enum: LEVELS },
    scenarios: listOf(KEY),
    approvals: mapOf([], { rehearsal: APPROVERS, failover: APPROVERS }),
  });
}

function serviceSchema(): object {
  return mapOf(['key', 'name', 'tier', 'operatedBy'], {
    key: KEY,
    name: TEXT,
    description: TEXT,
    tier: { type: 'integer', enum: TIERS },
    operatedBy: { type: 'string', enum: OPERATORS },
    department: TEXT,
    supplier: TEXT,
    customerFacing: { type: 'boolean' },
    reach: mapOf(['override', 'note'], { override: { type: 'string', enum: REACHES }, note: TEXT }),
    owner: ACCOUNT,
    deputy: ACCOUNT,
    rto: RTO,
    rpo: RPO,
    hasData: { type: 'boolean' },
    hosts: listOf(KEY),
    dependsOn: listOf({
      ...mapOf(['service'], { service: KEY, kind: { type: 'string', enum: ['hard', 'soft'] } }),
      type: ['string', 'object'],
      format: 'key',
    }),
  });
}
