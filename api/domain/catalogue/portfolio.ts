// The portfolio: services, what they depend on, the hosts and sites they run on, and the policy of each tier.

export const OPERATORS = ['it', 'it-and-department', 'department', 'outside'] as const;
/** Who operates a service: a row of the lens map. */
export type OperatedBy = (typeof OPERATORS)[number];

export const REACHES = ['internal', 'influences-customers', 'customer-facing'] as const;
/** How far a service reaches: a column of the lens map. */
export type Reach = (typeof REACHES)[number];

export const TIERS = [1, 2, 3, 4] as const;
export type Tier = (typeof TIERS)[number];

export const LEVELS = ['tabletop', 'dry-run', 'partial', 'full'] as const;
/** How much a drill proves, rising. */
export type DrillLevel = (typeof LEVELS)[number];

export interface Service {
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly tier: Tier;
  readonly operatedBy: OperatedBy;
  /** Which department operates it or shares in that; null when IT or a supplier does alone. */
  readonly department: string | null;
  readonly supplier: string | null;
  /** External customers consume it. */
  readonly isCustomerFacing: boolean;
  /** Set by hand against the derived reach; always with a note. */
  readonly reachOverride: { readonly reach: Reach; readonly note: string } | null;
  /** Account names of the people who answer for it. */
  readonly owner: string | null;
  readonly deputy: string | null;
  /** Own objectives in seconds; null means that its tier's apply. */
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  /** False when there is no data to lose: the data-loss component then does not apply. */
  readonly hasData: boolean;
  /** Keys of the hosts it runs on. */
  readonly hosts: readonly string[];
}

/** `from` depends on `to`. Hard: without `to`, `from` is down. Either end may be unknown to the catalogue. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly kind: 'hard' | 'soft';
}

export interface Host {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly site: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Key of the host that it is reached through; null when it is dialled directly. */
  readonly jump: string | null;
  /** Id of the credential that it is signed in to with; null for Muster's own key. */
  readonly credential: string | null;
  /** Pinned host keys as OpenSSH writes their fingerprints: `SHA256:<base64 without padding>`. */
  readonly hostKeys: readonly string[];
  readonly pinned: Pins;
}

/** When a host key was pinned, and by whom; null when nobody was signed in, as on the command line. */
export interface Pin {
  readonly at: number;
  readonly by: string | null;
}

/** By host key. Keys that were pinned before this was recorded are missing. */
export type Pins = Readonly<Record<string, Pin>>;

export interface Site {
  readonly key: string;
  readonly name: string;
}

export interface TierPolicy {
  readonly tier: Tier;
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  readonly drillEveryDays: number;
  readonly reviewEveryDays: number;
  /** The least level at which a drill qualifies. */
  readonly level: DrillLevel;
  /** Scenarios that need an approved runbook. */
  readonly scenarios: readonly string[];
  /** How many people other than the requester must approve a plan before it may start, by mode. */
  readonly approvals: { readonly rehearsal: number; readonly failover: number };
}

export interface Portfolio {
  readonly services: readonly Service[];
  readonly dependencies: readonly Dependency[];
  readonly hosts: readonly Host[];
  readonly sites: readonly Site[];
  readonly policies: readonly TierPolicy[];
  readonly settings: PortfolioSettings;
}

export interface PortfolioSettings {
  /** Widens the enterprise lens to the whole company, services operated by IT included. */
  readonly esmIsCompanyWide: boolean;
}
