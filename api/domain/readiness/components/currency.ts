// Currency: were the approved runbooks reviewed in time (half), and is what is approved what was last drilled with success (half)?
import { DAY_MS, hasPassed } from '../facts.ts';
import type { ApprovedRunbook, ServiceFacts } from '../facts.ts';
import { listOf } from '../phrase.ts';
import type { ComponentRule } from './component.ts';

const REVIEWED_HALF = 0.5;
const DRILLED_HALF = 0.5;

export const currencyComponent: ComponentRule = {
  code: 'currency',
  judge(facts) {
    const { overdue, changed, undrilled } = currencyOf(facts);
    const evidence = facts.approved.map((runbook) => runbook.key);
    if (facts.approved.length === 0) {
      return { share: 0, state: 'unproven', reason: 'There is no approved runbook to be current.', evidence, action: 'Have a runbook approved.' };
    }
    if (overdue.length + changed.length + undrilled.length === 0) {
      const reason = 'Every approved runbook was reviewed in time, and its approved revision is the one last drilled with success.';
      return { share: 1, state: 'proven', reason, evidence, action: null };
    }
    return {
      share: currencyShare(facts),
      state: overdue.length + changed.length > 0 ? 'stale' : 'unproven',
      reason: `${[overdueText(overdue, facts), changedText(changed), undrilledText(undrilled)].filter((text) => text !== '').join('; ')}.`,
      evidence,
      action: overdue.length > 0 ? `Review ${keys(overdue)}.` : `Drill the approved revision of ${keys([...changed, ...undrilled])}.`,
    };
  },
};

export interface Currency {
  readonly overdue: readonly ApprovedRunbook[];
  /** Another revision than the approved one was last drilled with success. */
  readonly changed: readonly ApprovedRunbook[];
  /** No revision was ever drilled with success. */
  readonly undrilled: readonly ApprovedRunbook[];
}

export function currencyOf(facts: ServiceFacts): Currency {
  const lastRevision = new Map<string, string>();
  for (const drill of facts.drills) {
    if (hasPassed(drill) && !lastRevision.has(drill.runbook)) lastRevision.set(drill.runbook, drill.revision);
  }
  const isChanged = (runbook: ApprovedRunbook): boolean => (lastRevision.get(runbook.key) ?? runbook.approvedRevision) !== runbook.approvedRevision;
  return {
    overdue: facts.approved.filter((runbook) => (reviewDueAt(runbook, facts) ?? 0) < facts.asOf),
    changed: facts.approved.filter(isChanged),
    undrilled: facts.approved.filter((runbook) => !lastRevision.has(runbook.key)),
  };
}

/** The share earned; with some runbooks taken as reviewed, or as drilled in their approved revision, to see what that would bring. */
export function currencyShare(
  facts: ServiceFacts,
  cured: { readonly reviewed?: readonly string[]; readonly drilled?: readonly string[] } = {},
): number {
  const count = facts.approved.length;
  if (count === 0) return 0;
  const { overdue, changed, undrilled } = currencyOf(facts);
  const stillOverdue = overdue.filter((runbook) => cured.reviewed?.includes(runbook.key) !== true);
  const stillUndrilled = [...changed, ...undrilled].filter((runbook) => cured.drilled?.includes(runbook.key) !== true);
  return (REVIEWED_HALF * (count - stillOverdue.length) + DRILLED_HALF * (count - stillUndrilled.length)) / count;
}

/** When the next review is due: approving a revision is a review of it. Null when it was never looked at. */
export function reviewDueAt(runbook: ApprovedRunbook, facts: ServiceFacts): number | null {
  const seenAt = [runbook.reviewedAt, runbook.approvedAt].filter((at) => at !== null && at <= facts.asOf).map(Number);
  return seenAt.length === 0 ? null : Math.max(...seenAt) + facts.policy.reviewEveryDays * DAY_MS;
}

function overdueText(overdue: readonly ApprovedRunbook[], facts: ServiceFacts): string {
  return overdue.length === 0 ? '' : `${keys(overdue)} ${be(overdue)} not reviewed within ${facts.policy.reviewEveryDays} days`;
}

function changedText(changed: readonly ApprovedRunbook[]): string {
  return changed.length === 0
    ? ''
    : `${keys(changed)} ${changed.length === 1 ? 'has changed since it' : 'have changed since they'} ${be(changed)} last drilled with success`;
}

function undrilledText(undrilled: readonly ApprovedRunbook[]): string {
  return undrilled.length === 0 ? '' : `${keys(undrilled)} ${be(undrilled)} never drilled with success`;
}

function be(runbooks: readonly ApprovedRunbook[]): string {
  return runbooks.length === 1 ? 'was' : 'were';
}

function keys(runbooks: readonly ApprovedRunbook[]): string {
  return listOf(runbooks.map((runbook) => runbook.key));
}
