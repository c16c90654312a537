// A runbook times its recovery.
import type { LintRule } from './lint-rule.ts';

export const noRecoveryClock: LintRule = {
  code: 'no-recovery-clock',
  weight: 'warning',
  title: 'No recovery clock',
  why: 'Without the clock `recovery` a drill proves that the steps work and not how long recovery takes.',
  remedy: 'Add `clocks: {recovery: {from: …, to: …}}` with the steps that begin and end the recovery.',
  bad: `clocks:
  read-only: { from: promote, to: promote }
steps:
  - id: promote
    title: The standby takes over
    check: pg_isready
    on: db`,
  good: `clocks:
  recovery: { from: promote, to: can-pay }
steps:
  - id: promote
    title: The standby takes over
    check: pg_isready
    on: db
  - id: can-pay
    title: A test payment goes through
    check: { http: 'https://pay.example.com/health' }`,
  check({ runbook }) {
    if (runbook.clocks.some(({ name }) => name === 'recovery')) return [];
    const remedy = 'Add `clocks: {recovery: {from: …, to: …}}` with the steps that begin and end the recovery.';
    return [{ path: ['clocks'], at: 'key', message: 'There is no clock `recovery`.', remedy }];
  },
};
