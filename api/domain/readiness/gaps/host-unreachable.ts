// Gap host-unreachable: a host that an approved runbook targets did not let us in within the last 24 hours.
import { hostStandings, standingText } from '../components/reachability.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const hostUnreachableGap: GapRule = {
  code: 'host-unreachable',
  title: 'Host not shown to be reachable',
  component: 'reachability',
  find({ facts }) {
    const hosts = hostStandings(facts);
    const bad = hosts.filter((host) => host.standing !== 'reached' && host.standing !== 'key-changed');
    if (bad.length === 0) return null;
    const reached = hosts.filter((host) => host.standing === 'reached').length;
    const refusedAt = bad.flatMap((host) => (host.standing === 'refused' && host.check !== null ? [host.check.at] : []));
    return {
      reason: `${listOf(bad.map(standingText))}.`,
      action: `Test the connection to ${listOf(bad.map((host) => host.key))}, and put right the stage at which it stops.`,
      since: refusedAt.length === 0 ? null : Math.min(...refusedAt),
      evidence: bad.map((host) => host.key),
      closing: { kind: 'points', shares: { reachability: (reached + bad.length) / hosts.length }, lifts: [] },
    };
  },
};
