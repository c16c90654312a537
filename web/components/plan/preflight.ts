// Whether a drill could begin now: what is known of plan, approvals, host keys, sign-in and locks, each with what to do about it.
import type { ResultOf } from '../../graphql/graphql.ts';
import type { AskPreflight, PreviewQuery } from '../../graphql/plans.ts';

type Plan = ResultOf<typeof PreviewQuery>['previewDrill'];
export type PreflightPlan = Pick<Plan, 'planHash' | 'problems' | 'hosts' | 'locks' | 'approvalsNeeded'>;

export type PreflightReport = ResultOf<typeof AskPreflight>['preflight'];

/** What other rows tell from the plan itself. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'runbook-not-approved',
  'no-plan',
  'not-approved',
  'locked',
  'host-unreachable',
  'host-key-differs',
  'login-refused',
  'no-session',
]);

/** `warn`: it may begin, and somebody has to act first. `unknown`: nobody has looked. */
export type Verdict = 'ok' | 'warn' | 'bad' | 'unknown';

export interface PreflightRow {
  /** With the verdict the key of its sentence, under `preflight.` in the locales. */
  readonly key: 'plan' | 'approvals' | 'keys' | 'hosts' | 'locks' | 'closings';
  readonly verdict: Verdict;
  /** How many are as they should be, and how many there are. */
  readonly counts: { readonly n: number; readonly of: number };
  /** The oldest look that it rests on; null when it is so now. */
  readonly checkedAt: string | null;
  readonly findings: readonly Finding[];
}

export interface Finding {
  /** Host or lock; null for what is said of the plan as a whole. */
  readonly what: string | null;
  /** The server's sentence, which says what to do. */
  readonly says: string | null;
  /** Key under `preflight.remedy.` in the locales, where the server has no sentence. */
  readonly remedy: 'pin' | 'check' | 'wait' | null;
  /** The drill in the way. */
  readonly drill: string | null;
}

/** In the order in which they would stop a drill; `report` is what a look ahead found, null while nobody has asked for one. */
export function preflight(plan: PreflightPlan, report: PreflightReport | null): readonly PreflightRow[] {
  if (plan.planHash === null) return [planRow(plan)];
  return [planRow(plan), approvalRow(plan), ...hostRows(plan.hosts), lockRow(plan), ...(report === null ? [] : [closingRow(report)])];
}

/** The worst of the rows. */
export function verdictOf(rows: readonly PreflightRow[]): Verdict {
  return (['bad', 'unknown', 'warn'] as const).find((verdict) => rows.some((row) => row.verdict === verdict)) ?? 'ok';
}

function planRow({ problems }: PreflightPlan): PreflightRow {
  const findings = problems.map(({ message }) => finding({ says: message }));
  return { key: 'plan', verdict: findings.length === 0 ? 'ok' : 'bad', counts: { n: 0, of: findings.length }, checkedAt: null, findings };
}

function approvalRow({ approvalsNeeded }: PreflightPlan): PreflightRow {
  const verdict = approvalsNeeded === 0 ? 'ok' : 'warn';
  return { key: 'approvals', verdict, counts: { n: 0, of: approvalsNeeded }, checkedAt: null, findings: [] };
}

function hostRows(hosts: PreflightPlan['hosts']): readonly PreflightRow[] {
  if (hosts.length === 0) return [];
  const of = hosts.length;
  const keys = hosts.flatMap(({ host, hostKeys, check }): readonly Finding[] => {
    if (hostKeys.length === 0) return [finding({ what: host.name, remedy: 'pin' })];
    return check?.isKeyChanged === true ? [finding({ what: host.name, says: check.problem })] : [];
  });
  const silent = hosts.flatMap(({ host, check }) =>
    check !== null && !check.isReachable && !check.isKeyChanged ? [finding({ what: host.name, says: check.problem })] : [],
  );
  const unchecked = hosts.flatMap(({ host, check }) => (check === null ? [finding({ what: host.name, remedy: 'check' })] : []));
  const verdict = silent.length > 0 ? 'bad' : unchecked.length > 0 ? 'unknown' : 'ok';
  const answered = hosts.filter(({ check }) => check?.isReachable === true).length;
  const [oldest] = hosts.flatMap(({ check }) => check?.at ?? []).toSorted();
  return [
    { key: 'keys', verdict: keys.length === 0 ? 'ok' : 'bad', counts: { n: of - keys.length, of }, checkedAt: null, findings: keys },
    { key: 'hosts', verdict, counts: { n: answered, of }, checkedAt: oldest ?? null, findings: [...silent, ...unchecked] },
  ];
}

function lockRow({ locks }: PreflightPlan): PreflightRow {
  const held = locks.filter(({ heldBy }) => heldBy !== null);
  const findings = [...Map.groupBy(held, ({ heldBy }) => heldBy)].map(([drill, names]) =>
    finding({ what: names.map(({ name }) => name).join(', '), remedy: 'wait', drill }),
  );
  const counts = { n: locks.length - held.length, of: locks.length };
  return { key: 'locks', verdict: held.length === 0 ? 'ok' : 'bad', counts, checkedAt: null, findings };
}

/** Freezes, blackouts and whatever else only the server can know. */
function closingRow({ at, problems }: PreflightReport): PreflightRow {
  const found = problems.filter(({ code }) => !TOLD_ELSEWHERE.has(code));
  const verdict = found.some(({ isError }) => isError) ? 'bad' : found.length > 0 ? 'warn' : 'ok';
  const findings = found.map(({ message, remedy }) => finding({ says: `${message} ${remedy}` }));
  return { key: 'closings', verdict, counts: { n: found.length, of: found.length }, checkedAt: at, findings };
}

function finding(known: Partial<Finding>): Finding {
  return { what: null, says: null, remedy: null, drill: null, ...known };
}
