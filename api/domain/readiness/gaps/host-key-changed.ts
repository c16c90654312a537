// Gap host-key-changed: a host offers a key that is not the pinned one; until a person has looked, nothing is run on it.
import { hostStandings } from '../components/reachability.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const hostKeyChangedGap: GapRule = {
  code: 'host-key-changed',
  title: 'Host key changed',
  component: 'reachability',
  leastSeverity: 'medium',
  find({ facts }) {
    const hosts = hostStandings(facts);
    const changed = hosts.filter((host) => host.standing === 'key-changed');
    if (changed.length === 0) return null;
    const reached = hosts.filter((host) => host.standing === 'reached').length;
    const keys = changed.map((host) => host.key);
    return {
      reason: `${listOf(keys)} offered a host key that is not pinned: the host was rebuilt, or somebody stands in between.`,
      action: `Find out on the console of ${listOf(keys)} which it is; pin the new key only when it was rebuilt.`,
      since: Math.min(...changed.flatMap((host) => host.check?.at ?? [])),
      evidence: keys,
      closing: { kind: 'points', shares: { reachability: (reached + changed.length) / hosts.length }, lifts: [] },
    };
  },
};
