// Outcome: how did the last three qualifying drills end?
import type { DrillEvidence } from '../evidence.ts';
import { hasPassed } from '../facts.ts';
import { listOf } from '../phrase.ts';
import { DEVIATION_WORTH, OUTCOME_WEIGHTS } from '../weights.ts';
import type { ComponentRule } from './component.ts';

export const outcomeComponent: ComponentRule = {
  code: 'outcome',
  judge(facts) {
    const last = facts.qualifying.slice(0, OUTCOME_WEIGHTS.length);
    const evidence = last.map((drill) => drill.id);
    const [latest] = last;
    if (latest === undefined) {
      const reason = `No drill at level ${facts.policy.level} or above was ever finished.`;
      return { share: 0, state: 'unproven', reason, evidence, action: `Run a drill at level ${facts.policy.level}.` };
    }
    const share = outcomeShare(last.map(worthOf));
    return {
      share,
      state: hasPassed(latest) ? 'proven' : 'failed',
      reason: `${listOf(last.map(outcomeText))}.`,
      evidence,
      action: share === 1 ? null : actionAfter(latest),
    };
  },
};

/** What each drill is worth, newest first, to a share: weighted 3:2:1 over as many as there are, so that one clean drill is enough. */
export function outcomeShare(worths: readonly number[]): number {
  const counted = worths.slice(0, OUTCOME_WEIGHTS.length);
  const weights = OUTCOME_WEIGHTS.slice(0, counted.length);
  const total = weights.reduce<number>((sum, weight) => sum + weight, 0);
  const earned = counted.reduce((sum, worth, at) => sum + worth * (weights[at] ?? 0), 0);
  return total === 0 ? 0 : earned / total;
}

export function worthOf(drill: DrillEvidence): number {
  if (!hasPassed(drill)) return 0;
  return drill.hasDeviations || drill.isUnclean ? DEVIATION_WORTH : 1;
}

function outcomeText(drill: DrillEvidence): string {
  if (drill.result === 'aborted') return `${drill.id} was aborted`;
  if (drill.result === 'failed') return `${drill.id} failed`;
  if (drill.isUnclean) return `${drill.id} passed with cleanup unfinished`;
  return drill.hasDeviations ? `${drill.id} passed with deviations` : `${drill.id} passed`;
}

function actionAfter(latest: DrillEvidence): string {
  if (!hasPassed(latest)) return `Find out why ${latest.id} ${latest.result === 'aborted' ? 'was aborted' : 'failed'}, put it right and drill again.`;
  if (latest.isUnclean) return `Put back what ${latest.id} changed.`;
  return 'Run the next drill without deviations.';
}
