// Gap rpo-unmeasured: the service has data, and no qualifying drill that passed says how much of it is lost.
import { provenDataLossMs } from '../components/data-loss.ts';
import type { GapRule } from './gap.ts';

export const rpoUnmeasuredGap: GapRule = {
  code: 'rpo-unmeasured',
  title: 'Data loss unmeasured',
  component: 'data-loss',
  find({ facts }) {
    if (!facts.service.hasData || provenDataLossMs(facts) !== null) return null;
    const drill = facts.lastPass;
    return {
      reason:
        drill === null
          ? `No qualifying drill has measured how much data ${facts.service.name} loses.`
          : `${drill.id} passed without measuring the data loss.`,
      action: 'Add a canary to the runbook that writes at the primary and reads at the recovery side, and drill it.',
      since: drill?.finishedAt ?? null,
      evidence: drill === null ? [] : [drill.id],
      closing: { kind: 'points', shares: { 'data-loss': 1 }, lifts: [] },
    };
  },
};
