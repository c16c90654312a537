// When a service has the gaps about people, runbooks and drills, and when not.
import { daysAgo, runbook } from './builders.ts';
import { drilled, one } from './gap-row.ts';
import type { GapRow } from './gap-row.ts';

const DRAFT = { approvedRevision: null, approvedAt: null } as const;

/** Owner, runbook and drill gaps. */
export const RUNBOOK_AND_DRILL_ROWS: readonly GapRow[] = [
  {
    code: 'no-owner',
    when: 'nobody is named',
    of: one({}, { owner: null, deputy: null }),
    gap: { pointsLost: 2.5, gain: 2.5, portfolioGain: 20, severity: 'medium' },
  },
  { code: 'no-owner', when: 'an owner is named', of: one({}, { deputy: null }), gap: null },
  { code: 'no-deputy', when: 'only the owner is named', of: one({}, { deputy: null }), gap: { pointsLost: 2.5, gain: 2.5, component: 'people' } },
  { code: 'no-deputy', when: 'nobody is named: no-owner asks for both', of: one({}, { owner: null, deputy: null }), gap: null },

  {
    code: 'no-runbook',
    when: 'there is none',
    of: one({ runbooks: [] }),
    gap: { severity: 'critical', pointsLost: 15.8, reason: 'No runbook covers A.' },
  },
  {
    code: 'no-runbook',
    when: 'a scenario has none',
    of: one({}, {}, ['site-loss', 'cyber']),
    gap: { pointsLost: 7.5, severity: 'medium', reason: 'A has no runbook for cyber.' },
  },
  { code: 'no-runbook', when: 'only an unapproved one is there', of: one({ runbooks: [runbook('a', DRAFT)] }), gap: null },
  {
    code: 'runbook-unapproved',
    when: 'the only one is a draft',
    of: one({ runbooks: [runbook('a', DRAFT)] }),
    gap: { severity: 'critical', evidence: ['recover-a'] },
  },
  {
    code: 'runbook-unapproved',
    when: 'a draft stands beside an approved one of its scenario',
    of: one({ runbooks: [runbook('a'), runbook('a', { key: 'new', ...DRAFT })] }),
    gap: null,
  },
  {
    code: 'runbook-unapproved',
    when: 'a draft is for a scenario without one',
    of: one({ runbooks: [runbook('a'), runbook('a', { key: 'cyber', scenario: 'cyber', ...DRAFT })] }, {}, ['site-loss', 'cyber']),
    gap: { pointsLost: 7.5, gain: 7.5, evidence: ['cyber'] },
  },
  {
    code: 'runbook-review-overdue',
    when: 'the review is a day late',
    of: one({ runbooks: [runbook('a', { approvedAt: daysAgo(300), reviewedAt: daysAgo(181) })] }),
    gap: { pointsLost: 5, gain: 5, since: daysAgo(1), reason: 'recover-a was due for review on 2026-05-31.' },
  },
  { code: 'runbook-review-overdue', when: 'it was reviewed in time', of: one({}), gap: null },
  {
    code: 'runbook-changed-since-drill',
    when: 'another revision is approved now',
    of: one({ runbooks: [runbook('a', { approvedRevision: 'rev-2' })] }),
    gap: { pointsLost: 5, gain: 5, since: daysAgo(20), reason: 'DR-a proved revision rev-1 of recover-a; rev-2 is approved now.' },
  },
  { code: 'runbook-changed-since-drill', when: 'it was never drilled', of: one({ drills: [] }), gap: null },

  // 15 runbooks + 5 review + 5 hosts + 2.5 names = 27.5 under a limit of 39; a pass brings 25 + 15 + 5 to 72.5.
  {
    code: 'never-drilled',
    when: 'there is no drill',
    of: one({ drills: [] }),
    gap: { severity: 'critical', pointsLost: 45, gain: 45, portfolioGain: 360 },
  },
  {
    code: 'never-drilled',
    when: 'the level was too low',
    of: drilled({ level: 'dry-run' }),
    gap: { reason: 'A has never been drilled at level full; DR-1 was at level dry-run.' },
  },
  { code: 'never-drilled', when: 'a qualifying drill failed', of: drilled({ result: 'failed' }), gap: null },
  {
    code: 'drill-overdue',
    when: 'the last pass is 135 days old',
    of: drilled({ finishedAt: daysAgo(135) }),
    gap: { severity: 'critical', pointsLost: 12.5, gain: 31, since: daysAgo(45), action: 'Drill recover-a at level full.' },
  },
  { code: 'drill-overdue', when: 'it is due today', of: drilled({ finishedAt: daysAgo(90) }), gap: null },
  // Outcomes 0, 1 earn 6 of 15; a pass before them makes 1, 0, 1: 10 of 15. From a limit of 49 up to 95.
  {
    code: 'drill-failed',
    when: 'the latest failed',
    of: drilled({ result: 'failed' }, {}),
    gap: { severity: 'critical', pointsLost: 4, gain: 46, since: daysAgo(10), evidence: ['DR-2'] },
  },
  { code: 'drill-failed', when: 'a pass came after', of: drilled({}, { result: 'failed' }), gap: null },
  { code: 'drill-aborted', when: 'the latest was aborted', of: drilled({ result: 'aborted' }, {}), gap: { severity: 'critical', gain: 46 } },
  { code: 'drill-aborted', when: 'the latest failed', of: drilled({ result: 'failed' }), gap: null },
  // 0.6 of 15 is 9; a clean pass before it makes (3 + 2 x 0.6) / 5 = 0.84 of 15: 12.6.
  {
    code: 'drill-with-deviations',
    when: 'a step was retried',
    of: drilled({ hasDeviations: true }),
    gap: { pointsLost: 3.6, gain: 3.6, severity: 'medium' },
  },
  { code: 'drill-with-deviations', when: 'it failed', of: drilled({ hasDeviations: true, result: 'failed' }), gap: null },
  {
    code: 'cleanup-unfinished',
    when: 'the latest left something',
    of: drilled({ isUnclean: true }),
    gap: { pointsLost: 6, gain: 6, since: daysAgo(10) },
  },
  { code: 'cleanup-unfinished', when: 'a later drill of the runbook was clean', of: drilled({}, { isUnclean: true }), gap: null },
];
