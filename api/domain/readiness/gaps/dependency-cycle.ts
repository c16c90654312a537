// Gap dependency-cycle: services that need one another in a circle have no order in which they can come back.
import { formatDuration } from '../../duration.ts';
import { provenRecoveryMs } from '../components/recovery-time.ts';
import { at } from '../inherit.ts';
import { listOf } from '../phrase.ts';
import { scoredOf } from '../view.ts';
import type { PortfolioView } from '../view.ts';
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const dependencyCycleGap: GapRule = {
  code: 'dependency-cycle',
  title: 'Depends on itself in a circle',
  component: null,
  leastSeverity: 'medium',
  find(scored, view) {
    const members = view.graph.groups[at(view.graph.groupOf, scored.number)] ?? [];
    if (members.length < 2) return null;
    const services = members.map((member) => scoredOf(view, member).facts.service);
    return {
      reason: `${listOf(services.map((service) => service.name))} need one another in a circle. They recover as one group, ${groupTime(view, members)}, and all share the lowest own score among them.`,
      action: 'Find the dependency that can be broken or made soft, or say in the runbooks which of them starts first without the others.',
      since: null,
      evidence: services.map((service) => service.key),
      closing: CLOSES_NOTHING,
    };
  },
};

function groupTime(view: PortfolioView, members: readonly number[]): string {
  let totalMs = 0;
  for (const member of members) {
    const { facts } = scoredOf(view, member);
    const ownMs = provenRecoveryMs(facts);
    if (ownMs === null) return `which takes the sum of their times, unknown while ${facts.service.name} is unproven`;
    totalMs += ownMs;
  }
  return `which takes the sum of their times, ${formatDuration(totalMs)}`;
}
