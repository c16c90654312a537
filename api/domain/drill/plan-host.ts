// A host of the portfolio as a plan freezes it, with the way to it; and why one cannot be used.
import type { Host, Pins } from '../catalogue/portfolio.ts';
import { wayTo, type Way } from '../catalogue/way.ts';
import type { Problem } from '../errors.ts';
import { didYouMean } from '../runbook/nearest.ts';
import type { PlanHop, PlanHost } from './plan.ts';

export type HostsByKey = ReadonlyMap<string, Host>;

/** Null when the host or one on the way to it is not in the portfolio; `hostProblems` says so. */
export function planHostOf(key: string, byKey: HostsByKey): PlanHost | null {
  const host = byKey.get(key);
  const hops = hopsTo(key, byKey);
  if (host === undefined || hops === null) return null;
  return hops.length === 0 ? hopOf(host) : { ...hopOf(host), via: hops.map(hopOf) };
}

/** `credentials` are the ids that the installation has; null where that is not known. */
export function hostProblems(key: string, byKey: HostsByKey, credentials: ReadonlySet<string> | null): readonly Problem[] {
  const host = byKey.get(key);
  if (host === undefined) {
    const remedy = didYouMean(key, byKey.keys(), 'Add it to the portfolio file and import that, or name another in the runbook.');
    return [problem('unknown-host', `Host ${key} is not in the portfolio.`, remedy)];
  }
  const hops = hopsTo(key, byKey);
  if (hops === null) return [wayProblem(key, byKey)];
  return [...usableProblems(host, key, credentials), ...hops.flatMap((hop) => usableProblems(hop, key, credentials))];
}

function hopsTo(key: string, byKey: HostsByKey): readonly Host[] | null {
  const way = wayOf(key, byKey);
  return way.kind === 'found' ? way.hops.flatMap((hop) => byKey.get(hop) ?? []) : null;
}

function wayOf(key: string, byKey: HostsByKey): Way {
  return wayTo(key, (host) => byKey.get(host)?.jump);
}

function hopOf({ key, address, port, user, hostKeys, pinned, credential }: Host): PlanHop {
  const known: Pins = Object.fromEntries(hostKeys.flatMap((one) => (pinned[one] === undefined ? [] : [[one, pinned[one]]])));
  return {
    key,
    address,
    port,
    user,
    hostKeys,
    ...(Object.keys(known).length === 0 ? {} : { pinned: known }),
    ...(credential === null ? {} : { credential }),
  };
}

function wayProblem(key: string, byKey: HostsByKey): Problem {
  const way = wayOf(key, byKey);
  const remedy = 'An admin corrects `jump` of the host in the portfolio.';
  if (way.kind === 'circle') return problem('jump-circle', `Host ${key} cannot be reached: ${way.hosts.join(' goes through ')}.`, remedy);
  const [host, jump] = way.kind === 'unknown' ? [way.host, way.jump] : [key, key];
  return problem('unknown-jump', `Host ${host} is reached through ${jump}, which is not in the portfolio.`, remedy);
}

function usableProblems({ key, hostKeys, credential }: Host, wanted: string, credentials: ReadonlySet<string> | null): readonly Problem[] {
  const host = key === wanted ? `Host ${key}` : `Host ${key}, on the way to ${wanted},`;
  const unpinned = problem('unpinned-host', `${host} has no pinned key.`, 'An admin pins it under Settings › Hosts.');
  const isKnown = credential === null || credentials === null || credentials.has(credential);
  const unknown = problem(
    'unknown-credential',
    `${host} is signed in to with the credential ${credential}, and this installation has none of that name.`,
    didYouMean(credential ?? '', credentials ?? [], 'Add it to the file that MUSTER_SSH_CREDENTIALS names, or correct the host in the portfolio.'),
  );
  return [...(hostKeys.length > 0 ? [] : [unpinned]), ...(isKnown ? [] : [unknown])];
}

function problem(code: string, message: string, remedy: string): Problem {
  return { code, severity: 'error', message, remedy };
}
