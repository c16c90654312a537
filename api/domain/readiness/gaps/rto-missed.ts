// Gap rto-missed: the proven recovery time is above the RTO.
import { formatDuration } from '../../duration.ts';
import { provenRecoveryMs } from '../components/recovery-time.ts';
import type { GapRule } from './gap.ts';

export const rtoMissedGap: GapRule = {
  code: 'rto-missed',
  title: 'RTO missed',
  component: 'recovery-time',
  find({ facts }) {
    const provenMs = provenRecoveryMs(facts);
    const rtoMs = facts.objective.rtoSeconds * 1_000;
    if (facts.lastPass === null || provenMs === null || provenMs <= rtoMs) return null;
    return {
      reason: `Recovered in ${formatDuration(provenMs)} in ${facts.lastPass.id}: ${formatDuration(provenMs - rtoMs)} over the RTO of ${formatDuration(rtoMs)}.`,
      action: `Shorten ${facts.lastPass.runbook} by ${formatDuration(provenMs - rtoMs)}, starting with its longest step and its waits, and drill again.`,
      since: facts.lastPass.finishedAt,
      evidence: [facts.lastPass.id],
      closing: { kind: 'points', shares: { 'recovery-time': 1 }, lifts: ['rto-missed'] },
    };
  },
};
