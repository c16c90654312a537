// A runbook times its recovery.
import type { LintRule } from './lint-rule.ts';

export const noRecoveryClock: LintRule = {
  code: 'no-recovery-clock',
  why: 'Without the clock `recovery` a drill proves that the steps work and not how long recovery takes.',
  check(runbook) {
    if (runbook.clocks.some(({ name }) => name === 'recovery')) return [];
    const remedy = 'Add `clocks: {recovery: {from: …, to: …}}` with the steps that begin and end the recovery.';
    return [{ path: ['clocks'], at: 'key', message: 'There is no clock `recovery`.', remedy }];
  },
};
