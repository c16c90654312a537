// Drill proof: how recent, and at what level, is the best drill that passed?
import { drillPeriodMs, hasPassed, levelsBelow } from '../facts.ts';
import type { ServiceFacts } from '../facts.ts';
import type { DrillEvidence } from '../evidence.ts';
import { dayOf } from '../phrase.ts';
import { LEVEL_WORTH } from '../weights.ts';
import { shareWithin } from './component.ts';
import type { ComponentFinding, ComponentRule } from './component.ts';

export const drillProofComponent: ComponentRule = {
  code: 'drill-proof',
  judge(facts) {
    const best = bestPass(facts);
    if (best === null) return withoutPass(facts);
    const { drill, share } = best;
    const level =
      levelsBelow(drill.level, facts.policy.level) === 0
        ? `at level ${drill.level}`
        : `at level ${drill.level} where ${facts.policy.level} is asked for`;
    const due = dayOf(drill.finishedAt + drillPeriodMs(facts));
    const isOverdue = recencyOf(drill, facts) < 1;
    return {
      share,
      state: stateOf(share, isOverdue),
      reason: `${drill.id} passed ${level} on ${dayOf(drill.finishedAt)}; the next drill ${isOverdue ? 'was' : 'is'} due on ${due}.`,
      evidence: [drill.id],
      action: share === 1 ? null : `Run a drill at level ${facts.policy.level}.`,
    };
  },
};

function withoutPass(facts: ServiceFacts): ComponentFinding {
  const action = `Run a drill at level ${facts.policy.level}.`;
  const [latest] = facts.drills;
  if (latest === undefined) return { share: 0, state: 'unproven', reason: 'No drill of this service was ever finished.', evidence: [], action };
  const reason = `None of ${facts.drills.length === 1 ? 'its 1 drill' : `its ${facts.drills.length} drills`} passed; the latest, ${latest.id}, ${latest.result === 'aborted' ? 'was aborted' : 'failed'}.`;
  return { share: 0, state: 'failed', reason, evidence: [latest.id], action };
}

function stateOf(share: number, isOverdue: boolean): ComponentFinding['state'] {
  if (share === 1) return 'proven';
  return isOverdue ? 'stale' : 'unproven';
}

/** The newest of the best: drills come newest first. Null when no drill at any level ever passed. */
function bestPass(facts: ServiceFacts): { readonly drill: DrillEvidence; readonly share: number } | null {
  let best: { readonly drill: DrillEvidence; readonly share: number } | null = null;
  for (const drill of facts.drills) {
    if (!hasPassed(drill)) continue;
    const share = recencyOf(drill, facts) * levelWorth(drill, facts);
    if (best === null || share > best.share) best = { drill, share };
  }
  return best;
}

function recencyOf(drill: DrillEvidence, facts: ServiceFacts): number {
  return shareWithin(facts.asOf - drill.finishedAt, drillPeriodMs(facts));
}

function levelWorth(drill: DrillEvidence, facts: ServiceFacts): number {
  const below = levelsBelow(drill.level, facts.policy.level);
  if (below === 0) return LEVEL_WORTH.atLeast;
  return below === 1 ? LEVEL_WORTH.oneBelow : LEVEL_WORTH.furtherBelow;
}
