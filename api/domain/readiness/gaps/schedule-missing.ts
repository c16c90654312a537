// Gap schedule-missing: no active schedule will drill the service again.
import type { GapRule } from './gap.ts';
import { CLOSES_NOTHING } from './gap.ts';

export const scheduleMissingGap: GapRule = {
  code: 'schedule-missing',
  title: 'No schedule',
  component: 'drill-proof',
  find({ facts }) {
    if (facts.schedules.some((schedule) => schedule.isActive)) return null;
    const paused = facts.schedules.map((schedule) => schedule.id);
    return {
      reason: paused.length === 0 ? `No schedule drills ${facts.service.name}.` : `Every schedule that drills ${facts.service.name} is paused.`,
      action: `Schedule a drill at level ${facts.policy.level} every ${facts.policy.drillEveryDays} days.`,
      since: null,
      evidence: paused,
      closing: CLOSES_NOTHING,
    };
  },
};
