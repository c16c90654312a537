// A rehearsal that is not the whole failover leaves production alone.
import type { Step } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';
import { isAction } from './parts/steps.ts';
import type { ActionStep } from './parts/steps.ts';

export const rehearsalTouchesProduction: LintRule = {
  code: 'rehearsal-touches-production',
  weight: 'warning',
  title: 'A rehearsal that touches production',
  why: `A rehearsal does the real thing wherever a step has no \`drill\` variant. At level \`full\` that is what the runbook promises. Below, it promises
less: at \`tabletop\` and \`dry-run\` no action may really happen; at \`partial\` nothing of production may be stopped or switched (actions in the phases
stop and switch) and no point of no return be passed. Restoring a backup beside the running system is partial and fine.`,
  remedy: 'Give the step a `drill` variant: `skip`, or what a rehearsal does instead. Or write `level: full` when rehearsals are meant to be real.',
  bad: `level: partial
steps:
  - id: stop-db
    title: The primary stops
    phase: stop
    run: systemctl stop postgresql
    on: db
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 10s`,
  good: `level: partial
steps:
  - id: stop-db
    title: The primary stops
    phase: stop
    run: systemctl stop postgresql
    on: db
    drill: { check: systemctl is-active postgresql }
    undo: systemctl start postgresql
    timeout: 1m
    estimate: 10s`,
  check({ runbook: { level }, steps }) {
    if (level === 'full') return [];
    return steps.flatMap(({ step, path, by, isVariant }) => {
      if (isVariant || step.drill !== undefined || !isAction(step)) return [];
      const reason = level === 'partial' ? touchOf(step) : 'is an action';
      if (reason === null) return [];
      return [
        {
          path: [...path, 'id'],
          message: `${by} ${reason}, and a rehearsal at level \`${level}\` would really do it.`,
          remedy: 'Add `drill: skip`, or what a rehearsal does instead; or write `level: full`.',
        },
      ];
    });
  },
};

function touchOf({ phase, isPointOfNoReturn }: ActionStep & Pick<Step, 'phase'>): string | null {
  if (isPointOfNoReturn) return 'is a point of no return';
  return phase === 'stop' || phase === 'switch' ? `belongs to the phase ${phase}` : null;
}
