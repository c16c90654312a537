// Gap rpo-missed: the proven data loss is above the RPO.
import { formatDuration } from '../../duration.ts';
import { provenDataLossMs } from '../components/data-loss.ts';
import type { GapRule } from './gap.ts';

export const rpoMissedGap: GapRule = {
  code: 'rpo-missed',
  title: 'RPO missed',
  component: 'data-loss',
  find({ facts }) {
    const lostMs = provenDataLossMs(facts);
    const { rpoSeconds } = facts.objective;
    if (facts.lastPass === null || lostMs === null || rpoSeconds === null || lostMs <= rpoSeconds * 1_000) return null;
    return {
      reason: `${facts.lastPass.id} lost the last ${formatDuration(lostMs)} of writes; the RPO allows ${formatDuration(rpoSeconds * 1_000)}.`,
      action: `Bring the copy at the recovery side to within ${formatDuration(rpoSeconds * 1_000)} of the primary, and drill again.`,
      since: facts.lastPass.finishedAt,
      evidence: [facts.lastPass.id],
      closing: { kind: 'points', shares: { 'data-loss': 1 }, lifts: [] },
    };
  },
};
