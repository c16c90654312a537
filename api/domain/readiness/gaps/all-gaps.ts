// The list of gaps. To extend, add a file and a line here.
import type { GapRule } from './gap.ts';
import { cleanupUnfinishedGap } from './cleanup-unfinished.ts';
import { dependencyCycleGap } from './dependency-cycle.ts';
import { drillAbortedGap } from './drill-aborted.ts';
import { drillFailedGap } from './drill-failed.ts';
import { drillOverdueGap } from './drill-overdue.ts';
import { drillWithDeviationsGap } from './drill-with-deviations.ts';
import { hardDependencyLimitsGap } from './hard-dependency-limits.ts';
import { hostKeyChangedGap } from './host-key-changed.ts';
import { hostUnreachableGap } from './host-unreachable.ts';
import { neverDrilledGap } from './never-drilled.ts';
import { noDeputyGap } from './no-deputy.ts';
import { noOwnerGap } from './no-owner.ts';
import { noRunbookGap } from './no-runbook.ts';
import { rpoMissedGap } from './rpo-missed.ts';
import { rpoUnmeasuredGap } from './rpo-unmeasured.ts';
import { rtoInversionGap } from './rto-inversion.ts';
import { rtoMissedGap } from './rto-missed.ts';
import { rtoUnmeasuredGap } from './rto-unmeasured.ts';
import { runbookChangedSinceDrillGap } from './runbook-changed-since-drill.ts';
import { runbookReviewOverdueGap } from './runbook-review-overdue.ts';
import { runbookUnapprovedGap } from './runbook-unapproved.ts';
import { scheduleMissedGap } from './schedule-missed.ts';
import { scheduleMissingGap } from './schedule-missing.ts';
import { singlePersonStepGap } from './single-person-step.ts';
import { softDependencyNotReadyGap } from './soft-dependency-not-ready.ts';
import { tierInversionGap } from './tier-inversion.ts';

/** In the order in which equal gaps are shown. */
export const ALL_GAPS: readonly GapRule[] = [
  noOwnerGap,
  noDeputyGap,
  noRunbookGap,
  runbookUnapprovedGap,
  runbookReviewOverdueGap,
  runbookChangedSinceDrillGap,
  neverDrilledGap,
  drillOverdueGap,
  drillFailedGap,
  drillAbortedGap,
  drillWithDeviationsGap,
  cleanupUnfinishedGap,
  rtoMissedGap,
  rtoUnmeasuredGap,
  rpoMissedGap,
  rpoUnmeasuredGap,
  hostUnreachableGap,
  hostKeyChangedGap,
  singlePersonStepGap,
  hardDependencyLimitsGap,
  softDependencyNotReadyGap,
  dependencyCycleGap,
  rtoInversionGap,
  tierInversionGap,
  scheduleMissingGap,
  scheduleMissedGap,
];
