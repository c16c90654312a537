// Gap rto-unmeasured: no qualifying drill that passed says how long the recovery takes.
import { provenRecoveryMs } from '../components/recovery-time.ts';
import type { GapRule } from './gap.ts';

export const rtoUnmeasuredGap: GapRule = {
  code: 'rto-unmeasured',
  title: 'Recovery time unmeasured',
  component: 'recovery-time',
  find({ facts }) {
    if (provenRecoveryMs(facts) !== null) return null;
    const drill = facts.lastPass;
    return {
      reason:
        drill === null
          ? `No qualifying drill has measured how long ${facts.service.name} takes to recover.`
          : `${drill.id} passed without measuring the recovery time.`,
      action: `Run a drill that measures it: let the runbook's recovery clock end at the step that shows ${facts.service.name} back.`,
      since: drill?.finishedAt ?? null,
      evidence: drill === null ? [] : [drill.id],
      closing: { kind: 'points', shares: { 'recovery-time': 1 }, lifts: [] },
    };
  },
};
