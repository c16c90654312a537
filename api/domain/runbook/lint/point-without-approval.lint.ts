// Somebody has said go before the point of no return.
import type { LintRule } from './lint-rule.ts';

export const pointWithoutApproval: LintRule = {
  code: 'point-without-approval',
  weight: 'advice',
  title: 'A point of no return without an approval before it',
  why: `The drill stops there and waits for a go, in the middle of the recovery, from whoever happens to look. An \`approve\` step before it asks the right
person, says what to consider, and can run while other steps are still at work. In a rehearsal with a variant that can be undone nobody is asked.`,
  remedy: 'Add an `approve` step that it needs, directly or by way of others.',
  bad: `steps:
  - id: promote
    title: The standby takes over
    run: pg_ctlcluster 15 main promote
    on: db
    pointOfNoReturn: true
    timeout: 2m
    estimate: 10s`,
  good: `steps:
  - id: go
    title: Go or no-go
    approve: { role: coordinator, instruction: Is the old site really lost? }
  - id: promote
    title: The standby takes over
    run: pg_ctlcluster 15 main promote
    on: db
    pointOfNoReturn: true
    timeout: 2m
    estimate: 10s`,
  check({ runbook, steps, ancestorsOf }) {
    const approvals = runbook.steps.filter(({ kind }) => kind === 'approve').map(({ id }) => id);
    return steps.flatMap(({ step, path, by }) => {
      if (!('isPointOfNoReturn' in step) || !step.isPointOfNoReturn) return [];
      const before = approvals.length === 0 ? null : ancestorsOf(step);
      if (approvals.some((id) => before?.has(id) === true)) return [];
      return [
        {
          path: [...path, 'pointOfNoReturn'],
          at: 'key' as const,
          message: `${by} is a point of no return, and nobody has approved it by then.`,
          remedy: 'Add an `approve` step before it.',
        },
      ];
    });
  },
};
