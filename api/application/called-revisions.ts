// The revisions that a runbook calls, directly or through others: loaded before a plan is made, which is pure.
import type { CalledRevision, FindRevision } from '../domain/drill/expand-runbook.ts';
import type { Runbook, Step } from '../domain/runbook/runbook.ts';
import type { Stores } from './stores.ts';

/** The newest approved revision of each, or the newest where none is approved. */
export async function calledRevisions(stores: Pick<Stores, 'runbooks'>, runbook: Runbook): Promise<FindRevision> {
  const found = new Map<string, CalledRevision | null>();
  const open = [...calledBy(runbook)];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    const known = await stores.runbooks.find(key);
    const revision = known === null ? null : (known.approved ?? known.latest);
    found.set(key, revision === null ? null : { hash: revision.hash, runbook: revision.runbook, isApproved: revision.approvedAt !== null });
    if (revision !== null) open.push(...calledBy(revision.runbook));
  }
  return (key) => found.get(key) ?? null;
}

function calledBy(runbook: Runbook): readonly string[] {
  return runbook.steps.flatMap((step) => [...keyOf(step), ...(step.drill === undefined || step.drill === 'skip' ? [] : keyOf(step.drill))]);
}

function keyOf(step: Step): readonly string[] {
  return step.kind === 'call' ? [step.runbook] : [];
}
