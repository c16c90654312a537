// Resolves an approved runbook for one drill: hosts, inputs, locks and objectives, or the reasons why it cannot run.
import { policyOf } from '../catalogue/default-policies.ts';
import { strictestObjective } from '../catalogue/strictest-objective.ts';
import { sortedKeys } from '../catalogue/key-order.ts';
import { LEVELS } from '../catalogue/portfolio.ts';
import type { DrillLevel, Portfolio, Service } from '../catalogue/portfolio.ts';
import { done, refused } from '../errors.ts';
import type { Problem, Result } from '../errors.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { DrillMode, Plan, PlanCanary, PlanHost } from './plan.ts';
import { expandRunbook, inputTypesOf } from './expand-runbook.ts';
import type { FindRevision } from './expand-runbook.ts';
import { resolveInputs } from './resolve-inputs.ts';
import type { ResolvedTargets } from './resolve-targets.ts';
import { showSteps } from './plan-steps.ts';

export interface PlanRequest {
  readonly revision: { readonly hash: string; readonly runbook: Runbook };
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
  readonly portfolio: Portfolio;
  /** Which revision a called runbook stands for; without it, calls cannot be resolved. */
  readonly findRevision?: FindRevision;
  /** Whether runbooks may run commands on the app's own machine. */
  readonly isLocalAllowed?: boolean;
  /** Names that messages can be sent to; not checked without it. */
  readonly channels?: ReadonlySet<string>;
  /** Ids of credentials that hosts can be signed in to with; not checked without it. */
  readonly credentials?: ReadonlySet<string>;
  /** Seals the values of secret inputs; without it they are left out, which is enough to look at a plan. */
  readonly seal?: (value: string) => string;
}

/**
 * The plan that is frozen and approved. Refused when a service, host, pinned key, input or called runbook is missing; the refusal's
 * `problems` name every reason, its message the same in one text.
 */
export function makePlan(request: PlanRequest): Result<Plan> {
  const { runbook, hash } = request.revision;
  const { portfolio, mode } = request;
  const services = portfolio.services.filter(({ key }) => runbook.services.includes(key));
  const inputs = resolveInputs(runbook.inputs, request.inputs, portfolio);
  const around = {
    mode,
    portfolio,
    findRevision: request.findRevision ?? (() => null),
    isLocalAllowed: request.isLocalAllowed ?? false,
    channels: request.channels ?? null,
    credentials: request.credentials ?? null,
  };
  const expansion = expandRunbook(request.revision, inputs.values, around);
  const problems = [...unknownServices(runbook, services), ...expansion.problems, ...inputs.problems];
  const objective = strictestObjective(portfolio, runbook.services);
  if (problems.length > 0 || objective === null) return refusedFor(problems, inputs.fields[0]);
  const { scopes, secrets } = expansion;
  return done({
    version: 1,
    runbook: runbook.key,
    revision: hash,
    title: runbook.title,
    services: runbook.services,
    scenario: runbook.scenario,
    level: provenLevel(runbook.level, mode),
    mode,
    inputs: sealedInputs(inputs.values, secrets, request.seal),
    ...inputTypesOf(runbook),
    hosts: expansion.hosts,
    objective,
    clocks: expansion.clocks,
    canary: planCanary(runbook, mode, expansion.targets),
    locks: locksOf(expansion.runbooks, expansion.hosts),
    steps: showSteps(expansion.steps, mode),
    ...(Object.keys(scopes).length === 0 ? {} : { scopes }),
    ...(secrets.length === 0 ? {} : { secrets }),
  });
}

/** How many people other than the requester must approve: the most that a touched service's tier asks for; none where nothing changes. */
export function approvalsNeeded(plan: Pick<Plan, 'mode' | 'services' | 'locks'>, portfolio: Portfolio): number {
  const { mode } = plan;
  if (mode === 'check' || mode === 'dry-run') return 0;
  const keys = touchedServices(plan);
  const touched = portfolio.services.filter(({ key }) => keys.includes(key));
  return touched.reduce((most, { tier }) => Math.max(most, policyOf(portfolio.policies, tier).approvals[mode]), 0);
}

/** The services of the runbook and of all that it calls. */
export function touchedServices(plan: Pick<Plan, 'services' | 'locks'>): readonly string[] {
  const locked = plan.locks.flatMap((lock) => (lock.startsWith(SERVICE_LOCK) ? [lock.slice(SERVICE_LOCK.length)] : []));
  return [...new Set([...plan.services, ...locked])];
}

const SERVICE_LOCK = 'service:';

function unknownServices(runbook: Runbook, found: readonly Service[]): readonly Problem[] {
  const known = new Set(found.map(({ key }) => key));
  return runbook.services
    .filter((key) => !known.has(key))
    .map((key) => ({
      code: 'unknown-service',
      severity: 'error',
      message: `The runbook covers the service ${key}, which is not in the portfolio.`,
      remedy: 'Add the service to the portfolio, or correct `services` in the runbook.',
    }));
}

function refusedFor(problems: readonly Problem[], field: string | undefined): Result<never> {
  const message = problems.map((problem) => `${problem.message} ${problem.remedy}`).join(' ');
  return refused('INVALID_INPUT', message, field === undefined ? { problems } : { problems, field });
}

/** A mode that runs less proves less: connection tests no more than a talk, a dry run no more than a dry run. */
function provenLevel(level: DrillLevel, mode: DrillMode): DrillLevel {
  if (mode === 'check') return 'tabletop';
  if (mode !== 'dry-run') return level;
  return LEVELS.indexOf(level) < LEVELS.indexOf('dry-run') ? level : 'dry-run';
}

/** Markers are written to the primary: an action, which a dry run and a check leave alone. */
function planCanary({ canary }: Runbook, mode: DrillMode, targets: ResolvedTargets): PlanCanary | null {
  if (canary === null || mode === 'check' || mode === 'dry-run') return null;
  const hostOf = (target: string): string => targets.hostsOf.get(target)?.[0] ?? '';
  return {
    write: { host: hostOf(canary.write.on), command: canary.write.run, everyMs: canary.write.everyMs },
    read: { host: hostOf(canary.read.on), command: canary.read.run },
    until: canary.until,
    readAfter: canary.readAfter,
  };
}

function sealedInputs(values: Readonly<Record<string, string>>, secrets: readonly string[], seal: PlanRequest['seal']): Plan['inputs'] {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, !secrets.includes(name) || value === '' ? value : seal === undefined ? '' : seal(value)]),
  );
}

/** Of the runbook and of all that it calls. */
function locksOf(runbooks: readonly Runbook[], hosts: readonly PlanHost[]): readonly string[] {
  return sortedKeys([
    ...runbooks.flatMap(({ services }) => services.map((key) => `${SERVICE_LOCK}${key}`)),
    ...hosts.map(({ key }) => `host:${key}`),
    ...runbooks.flatMap(({ locks }) => locks.map((name) => `name:${name}`)),
  ]);
}
