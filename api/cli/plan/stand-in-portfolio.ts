// A portfolio that has whatever a runbook names, for a plan where none is at hand: order and estimates are right, hosts and objectives are not known.
import type { Host, Portfolio, Service } from '../../domain/catalogue/portfolio.ts';
import type { Runbook } from '../../domain/runbook/runbook.ts';

/** Marks what stands in for something unknown. */
const UNKNOWN = 'unknown';

/** `values` are those given for inputs: any of them may be a host or a site. */
export function standInPortfolio(runbooks: readonly Runbook[], values: readonly string[]): Portfolio {
  const texts = new Set([...values, ...runbooks.flatMap(textsOf)]);
  const labelled = runbooks.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.by === 'labels' ? [hostOf(`(${target.name})`, target.labels)] : [])),
  );
  return {
    services: [...new Set(runbooks.flatMap(({ services }) => services))].map(serviceOf),
    dependencies: [],
    hosts: [...new Map([...[...texts].map((key) => hostOf(key, {})), ...labelled].map((host) => [host.key, host])).values()],
    sites: [...texts].map((key) => ({ key, name: key })),
    policies: [],
    settings: { esmIsCompanyWide: false },
  };
}

/** Keys are mostly pinned in the app and not in the file: a plan of a file is not the place to ask for them. */
export function pinned(portfolio: Portfolio): Portfolio {
  const hosts = portfolio.hosts.map((host) => (host.hostKeys.length === 0 ? { ...host, hostKeys: [UNKNOWN] } : host));
  return { ...portfolio, hosts };
}

/** Whatever in a runbook may name a host or a site. */
function textsOf({ targets, inputs, steps }: Runbook): readonly string[] {
  return [
    ...targets.flatMap((target) => (target.by === 'hosts' ? target.hosts : [])),
    ...inputs.flatMap((input) => [input.default ?? [], input.choices].flat()),
    ...steps.flatMap((step) => (step.kind === 'call' ? Object.values(step.with) : [])),
  ];
}

function hostOf(key: string, labels: Host['labels']): Host {
  return {
    key,
    name: key,
    address: UNKNOWN,
    port: 22,
    user: UNKNOWN,
    site: null,
    labels,
    jump: null,
    credential: null,
    hostKeys: [UNKNOWN],
    pinned: {},
  };
}

function serviceOf(key: string): Service {
  return {
    key,
    name: key,
    description: null,
    tier: 1,
    operatedBy: 'it',
    department: null,
    supplier: null,
    isCustomerFacing: false,
    reachOverride: null,
    owner: null,
    deputy: null,
    rtoSeconds: null,
    rpoSeconds: null,
    hasData: false,
    hosts: [],
  };
}
