// The step that ends a clock comes after the one that starts it.
import { ancestorsOf } from '../step-order.ts';
import type { LintRule } from './lint-rule.ts';

export const clockOutOfOrder: LintRule = {
  code: 'clock-out-of-order',
  weight: 'warning',
  title: 'A clock whose end does not wait for its start',
  why: 'When nothing makes the end of a clock wait for its start, the time it shows says nothing.',
  remedy: 'Make the step that ends it need the one that starts it, directly or by way of other steps.',
  bad: `clocks:
  recovery: { from: promote, to: can-pay }
steps:
  - id: promote
    title: The standby takes over
    check: pg_isready
    on: db
  - id: can-pay
    title: A test payment goes through
    needs: []
    check: { http: 'https://pay.example.com/health' }`,
  good: `clocks:
  recovery: { from: promote, to: can-pay }
steps:
  - id: promote
    title: The standby takes over
    check: pg_isready
    on: db
  - id: can-pay
    title: A test payment goes through
    needs: [promote]
    check: { http: 'https://pay.example.com/health' }`,
  check({ runbook }) {
    return runbook.clocks.flatMap(({ name, from, to }) => {
      if (from === null || from === to || ancestorsOf(runbook.steps, to).has(from)) return [];
      const message = `The clock \`${name}\` ends with \`${to}\`, which does not wait for \`${from}\`.`;
      return [{ path: ['clocks', name, 'to'], message, remedy: `Make \`${to}\` need \`${from}\`, directly or by way of other steps.` }];
    });
  },
};
