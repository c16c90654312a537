// Gap schedule-missed: a due time passed without a drill, and none was finished since.
import { dayOf, listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const scheduleMissedGap: GapRule = {
  code: 'schedule-missed',
  title: 'Scheduled drill missed',
  component: 'drill-proof',
  find({ facts }) {
    const missed = facts.schedules
      .filter((schedule) => schedule.isActive)
      .flatMap((schedule) => {
        const lastDrillAt = facts.drills.find((drill) => drill.runbook === schedule.runbook)?.finishedAt ?? Number.NEGATIVE_INFINITY;
        const open = schedule.missedAt.filter((at) => at <= facts.asOf && at > lastDrillAt);
        return open.length === 0 ? [] : [{ schedule, firstAt: Math.min(...open), times: open.length }];
      });
    const [first] = missed;
    if (first === undefined) return null;
    const times = first.times === 1 ? `on ${dayOf(first.firstAt)}` : `${first.times} times since ${dayOf(first.firstAt)}`;
    return {
      reason: `A scheduled drill of ${first.schedule.runbook} did not happen ${times}.`,
      action: `Run ${listOf(missed.map((item) => item.schedule.runbook))} now, or change the schedule so that it can be kept.`,
      since: Math.min(...missed.map((item) => item.firstAt)),
      evidence: missed.map((item) => item.schedule.id),
      closing: CLOSES_NOTHING,
    };
  },
};
