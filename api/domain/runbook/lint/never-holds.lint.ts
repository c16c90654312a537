// What is asked for can come true.
import type { Step, TextExpectation } from '../runbook.ts';
import { outputPattern } from '../pattern.ts';
import { durationText } from './fix/duration-text.ts';
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { StepAt } from './parts/steps.ts';

type WaitStep = Extract<Step, { readonly kind: 'wait' }>;

export const neverHolds: LintRule = {
  code: 'never-holds',
  weight: 'warning',
  title: 'A look that can never hold',
  why: `The step always fails, and what needs it is never reached: it must hold more often in a row than it may look, there is no time for so many looks,
or the output would have to be above its largest or different from itself.`,
  remedy: 'Raise `attempts` or `timeout`, lower `stable`, or correct what is expected.',
  bad: `steps:
  - id: stays-up
    title: It stays that way
    wait: { run: pg_isready, every: 10s, stable: 5, timeout: 30s }
    on: db`,
  good: `steps:
  - id: stays-up
    title: It stays that way
    wait: { run: pg_isready, every: 10s, stable: 5, timeout: 2m }
    on: db`,
  check({ steps }) {
    return steps.flatMap((at) => [...waitFindings(at), ...expectFindings(at)]);
  },
};

function waitFindings({ step, path, by }: StepAt): readonly LintFinding[] {
  if (step.kind !== 'wait') return [];
  const reason = whyNever(step);
  return reason === null
    ? []
    : [{ path: [...path, 'wait'], at: 'key', message: `${by} can never hold: ${reason}.`, remedy: 'Give it more looks or more time.' }];
}

function whyNever({ attempts, stable, steadyPercent, everyMs, timeoutMs }: WaitStep): string | null {
  // Steady compares two looks.
  const looks = Math.max(stable, steadyPercent === undefined ? 1 : 2);
  if (attempts !== undefined && attempts < looks)
    return `it must hold ${looks} times in a row and looks ${attempts === 1 ? 'once' : `${attempts} times`}`;
  const least = (looks - 1) * everyMs;
  return least >= timeoutMs
    ? `${looks} looks, one every ${durationText(everyMs)}, take ${durationText(least)}, and it gives up after ${durationText(timeoutMs)}`
    : null;
}

function expectFindings({ step, path, by }: StepAt): readonly LintFinding[] {
  if (!('expect' in step)) return [];
  return (['stdout', 'stderr'] as const).flatMap((part) => {
    const expected = step.expect[part];
    const reason = expected === null ? null : contradictionIn(expected);
    return reason === null
      ? []
      : [{ path: [...path, 'expect', part], at: 'key', message: `${by} can never end well: ${reason}.`, remedy: 'Correct what is expected.' }];
  });
}

function contradictionIn({ min, max, equals, matches }: TextExpectation): string | null {
  if (min !== null && max !== null && min > max) return `nothing is at least ${min} and at most ${max}`;
  if (equals === null) return null;
  const value = Number(equals);
  const isNumber = equals.trim() !== '' && Number.isFinite(value);
  if ((min !== null || max !== null) && !isNumber) return `\`${equals}\` is no number`;
  if ((min !== null && value < min) || (max !== null && value > max)) return `${equals} is not within its limits`;
  return matches !== null && outputPattern(matches)?.test(equals) === false ? `\`${equals}\` does not match \`${matches}\`` : null;
}
