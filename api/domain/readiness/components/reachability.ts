// Reachability: which of the hosts that the approved runbooks target let us in within the last 24 hours?
import type { HostCheck } from '../evidence.ts';
import { targetHosts } from '../facts.ts';
import type { ServiceFacts } from '../facts.ts';
import { countOf, listOf } from '../phrase.ts';
import { HOST_CHECK_LASTS_MS } from '../weights.ts';
import { notApplicable } from './component.ts';
import type { ComponentFinding, ComponentRule } from './component.ts';

export const reachabilityComponent: ComponentRule = {
  code: 'reachability',
  judge(facts) {
    const hosts = hostStandings(facts);
    if (hosts.length === 0) return notApplicable('The approved runbooks target no hosts.');
    const bad = hosts.filter((host) => host.standing !== 'reached');
    const evidence = hosts.filter((host) => host.check !== null).map((host) => host.key);
    if (bad.length === 0) {
      const reason = `${hosts.length === 1 ? 'The 1 host' : `All ${hosts.length} hosts`} of its runbooks let us in within the last 24 hours.`;
      return { share: 1, state: 'proven', reason, evidence, action: null };
    }
    return {
      share: (hosts.length - bad.length) / hosts.length,
      state: stateOf(hosts),
      reason: `Of ${countOf(hosts.length, 'host')}, ${listOf(bad.map(standingText))}.`,
      evidence,
      action: `Test the connection to ${listOf(bad.map((host) => host.key))} and put right what it shows.`,
    };
  },
};

export interface HostStanding {
  readonly key: string;
  readonly standing: 'reached' | 'refused' | 'key-changed' | 'old' | 'never-checked';
  readonly check: HostCheck | null;
}

/** One for each target host of the approved runbooks, in key order. */
export function hostStandings(facts: ServiceFacts): readonly HostStanding[] {
  return targetHosts(facts).map((key) => {
    const check = facts.checks.get(key) ?? null;
    return { key, check, standing: standingOf(check, facts.asOf) };
  });
}

function standingOf(check: HostCheck | null, asOf: number): HostStanding['standing'] {
  if (check === null) return 'never-checked';
  if (check.isKeyChanged) return 'key-changed';
  if (!check.isReachable) return 'refused';
  return asOf - check.at <= HOST_CHECK_LASTS_MS ? 'reached' : 'old';
}

/** What is wrong with a host, to follow its key. */
export function standingText(host: HostStanding): string {
  const texts: Readonly<Record<HostStanding['standing'], string>> = {
    reached: 'was reached',
    refused: `could not be reached (${host.check?.problem ?? 'no reason given'})`,
    'key-changed': 'offered a host key that is not pinned',
    old: 'was not tested within 24 hours',
    'never-checked': 'was never tested',
  };
  return `${host.key} ${texts[host.standing]}`;
}

function stateOf(hosts: readonly HostStanding[]): ComponentFinding['state'] {
  if (hosts.some((host) => host.standing === 'refused' || host.standing === 'key-changed')) return 'failed';
  return hosts.some((host) => host.standing === 'old') ? 'stale' : 'unproven';
}
