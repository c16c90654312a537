// Gap runbook-changed-since-drill: what was drilled is no longer what is approved, so the proof is of something else.
import { currencyOf, currencyShare } from '../components/currency.ts';
import { hasPassed } from '../facts.ts';
import { listOf } from '../phrase.ts';
import type { GapRule } from './gap.ts';

/** As many characters of a revision as people need to tell two apart. */
const SHORT_REVISION = 8;

export const runbookChangedSinceDrillGap: GapRule = {
  code: 'runbook-changed-since-drill',
  title: 'Runbook changed since the drill',
  component: 'currency',
  find({ facts }) {
    const { changed } = currencyOf(facts);
    if (changed.length === 0) return null;
    const keys = changed.map((runbook) => runbook.key);
    const texts = changed.map((runbook) => {
      const drill = facts.drills.find((candidate) => candidate.runbook === runbook.key && hasPassed(candidate));
      return `${drill?.id ?? 'The last pass'} proved revision ${short(drill?.revision ?? '')} of ${runbook.key}; ${short(runbook.approvedRevision)} is approved now`;
    });
    const approvedAt = changed.flatMap((runbook) => runbook.approvedAt ?? []);
    return {
      reason: `${texts.join('; ')}.`,
      action: `Drill the approved revision of ${listOf(keys)}.`,
      since: approvedAt.length === 0 ? null : Math.min(...approvedAt),
      evidence: keys,
      closing: { kind: 'points', shares: { currency: currencyShare(facts, { drilled: keys }) }, lifts: [] },
    };
  },
};

function short(revision: string): string {
  return revision.slice(0, SHORT_REVISION);
}
