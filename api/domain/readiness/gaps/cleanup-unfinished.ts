// Gap cleanup-unfinished: the latest drill of a runbook left something changed that nobody put back or accepted.
import { outcomeShare, worthOf } from '../components/outcome.ts';
import type { DrillEvidence } from '../evidence.ts';
import type { ServiceFacts } from '../facts.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

export const cleanupUnfinishedGap: GapRule = {
  code: 'cleanup-unfinished',
  title: 'Cleanup unfinished',
  component: 'outcome',
  find({ facts }) {
    const unclean = latestOfEachRunbook(facts).filter((drill) => drill.isUnclean);
    if (unclean.length === 0) return null;
    const ids = unclean.map((drill) => drill.id);
    const cleaned = facts.qualifying.map((drill) => worthOf(ids.includes(drill.id) ? { ...drill, isUnclean: false } : drill));
    return {
      reason: `What ${listOf(ids)} changed was not put back.`,
      action: `Run the cleanup of ${listOf(ids)}, or have its present state accepted.`,
      since: Math.min(...unclean.map((drill) => drill.finishedAt)),
      evidence: ids,
      closing: { kind: 'points', shares: { outcome: outcomeShare(cleaned) }, lifts: [] },
    };
  },
};

function latestOfEachRunbook(facts: ServiceFacts): readonly DrillEvidence[] {
  const latest = new Map<string, DrillEvidence>();
  for (const drill of facts.drills) if (!latest.has(drill.runbook)) latest.set(drill.runbook, drill);
  return [...latest.values()];
}
