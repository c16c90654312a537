// The readiness model in one pure function: would each service come back in time, and how do we know?
import { keyOf } from '../catalogue/dependency-graph.ts';
import type { Portfolio } from '../catalogue/portfolio.ts';
import type { Assessment, ComponentResult, ServiceAssessment } from './assessment.ts';
import { bandOf } from './band.ts';
import { ALL_COMPONENTS } from './components/all-components.ts';
import { provenDataLossMs } from './components/data-loss.ts';
import { provenRecoveryMs } from './components/recovery-time.ts';
import type { Evidence } from './evidence.ts';
import { nextDrillDueAt } from './facts.ts';
import { gainInput, gainOfOwn } from './gain.ts';
import type { GainInput } from './gain.ts';
import { findGaps, ownWith } from './gaps/find-gaps.ts';
import { effectiveOf } from './inherit.ts';
import { limitsLiftedBy } from './limits.ts';
import { describeChain } from './limited-by.ts';
import { pointsOf } from './points.ts';
import { recoveryTimes } from './recovery-path.ts';
import type { RecoveryTimes } from './recovery-path.ts';
import { scorePortfolio } from './score-portfolio.ts';
import type { PortfolioView, Scored } from './view.ts';

/** Raised whenever the same inputs may give another score or another gap. */
export const MODEL_VERSION = '1';

/**
 * Every service at one instant, in key order. The same inputs give the same bytes, in whatever order they come; evidence of after
 * `asOf` (milliseconds since the epoch) does not count, so any past day can be recomputed. Linear in services, dependencies and drills.
 */
export function assess(portfolio: Portfolio, evidence: Evidence, asOf: number): Assessment {
  const view = scorePortfolio(portfolio, evidence, asOf);
  const gains = gainInput(
    view.standing,
    view.scored.map((scored) => scored.facts.service.tier),
  );
  const times = recoveryTimes(
    view.graph,
    view.scored.map((scored) => provenRecoveryMs(scored.facts)),
  );
  return { modelVersion: MODEL_VERSION, asOf, services: view.scored.map((scored) => assessmentOf(scored, { view, gains, times })) };
}

interface Whole {
  readonly view: PortfolioView;
  readonly gains: GainInput;
  readonly times: RecoveryTimes;
}

function assessmentOf(scored: Scored, whole: Whole): ServiceAssessment {
  const { view, gains, times } = whole;
  const { facts } = scored;
  const effective = pointsOf(effectiveOf(view.standing, scored.number));
  const [limit] = scored.limits;
  return {
    service: keyOf(view.graph, scored.number),
    own: pointsOf(scored.own),
    effective,
    band: bandOf(effective, facts.qualifying.length > 0),
    limit: limit === undefined ? null : { at: limit.at, reason: limit.reason },
    limitedBy: describeChain(view, scored.number),
    components: ALL_COMPONENTS.map((rule) => componentOf(scored, gains, rule.code)),
    gaps: findGaps(scored, view, gains),
    proofCoverage: coverageOf(scored),
    rtoSeconds: facts.objective.rtoSeconds,
    rpoSeconds: facts.objective.rpoSeconds,
    provenRecoveryMs: provenRecoveryMs(facts),
    provenDataLossMs: provenDataLossMs(facts),
    endToEndRecoveryMs: times.endToEndMs(scored.number),
    recoveryPath: times.path(scored.number),
    lastDrillAt: facts.drills[0]?.finishedAt ?? null,
    nextDueAt: nextDrillDueAt(facts),
  };
}

function componentOf(scored: Scored, gains: GainInput, code: ComponentResult['code']): ComponentResult {
  const finding = scored.findings.get(code);
  if (finding === undefined) throw new Error(`The component ${code} was not judged.`);
  const { state, reason, evidence, action } = finding;
  const possible = scored.possible.get(code);
  const full = possible === undefined ? scored.own : ownWith(scored, { [code]: 1 }, limitsLiftedBy(code));
  return {
    code,
    state,
    earned: pointsOf(scored.earned.get(code) ?? 0),
    possible: pointsOf(possible ?? 0),
    reason,
    evidence,
    action,
    gain: gainOfOwn(gains, scored.number, full).own,
  };
}

/** Of the applicable points, those for which there is anything to go by, good or bad. */
function coverageOf(scored: Scored): number {
  let covered = 0;
  let total = 0;
  for (const [code, possible] of scored.possible) {
    total += possible;
    if ((scored.findings.get(code)?.evidence.length ?? 0) > 0) covered += possible;
  }
  return total === 0 ? 0 : covered / total;
}
