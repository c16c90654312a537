// The steps at which a clock starts and ends always run.
import type { Step } from '../runbook.ts';
import type { LintRule } from './lint-rule.ts';

export const clockWithoutEnd: LintRule = {
  code: 'clock-without-end',
  weight: 'warning',
  title: 'A clock whose start or end may be skipped',
  why: 'A clock that starts or ends with a step that may be left out (`when`, `optional: true`, `drill: skip`) shows no time when it is, and the drill proves no recovery time.',
  remedy: 'Let the clock start and end with steps that always run: add a check of the result, for example.',
  bad: `clocks:
  recovery: { to: can-pay }
steps:
  - id: can-pay
    title: A test payment goes through
    optional: true
    check: { http: 'https://pay.example.com/health' }`,
  good: `clocks:
  recovery: { to: can-pay }
steps:
  - id: can-pay
    title: A test payment goes through
    check: { http: 'https://pay.example.com/health' }`,
  check({ runbook }) {
    const byId = new Map(runbook.steps.map((step) => [step.id, step]));
    return runbook.clocks.flatMap((clock) =>
      (['from', 'to'] as const).flatMap((end) => {
        const step = byId.get(clock[end] ?? '');
        const reason = step === undefined ? null : whyLeftOut(step);
        if (step === undefined || reason === null) return [];
        return [
          {
            path: ['clocks', clock.name, end],
            message: `The clock \`${clock.name}\` ${end === 'from' ? 'starts' : 'ends'} with \`${step.id}\`, which ${reason}.`,
            remedy: 'Name a step that always runs.',
          },
        ];
      }),
    );
  },
};

function whyLeftOut(step: Step): string | null {
  if (step.drill === 'skip') return 'a rehearsal leaves out';
  if (step.isOptional === true) return 'a person may skip';
  if (step.when !== undefined) return 'is skipped when its condition is false';
  return null;
}
