// Which variables a step sees, in its own runbook and in called ones.
import { describe, expect, it } from 'vitest';
import type { PlanStep } from '../../../../api/domain/drill/plan.ts';
import { rowOf } from '../../../../api/domain/drill/rows.ts';
import { capturedKey, scopeVariables, variablesOf } from '../../../../api/domain/drill/variables.ts';
import { call, plan, run } from '../../../support/plan-builder.ts';

const LISTED = run('listed', { hosts: ['alpha'], items: ['orders', 'invoices'], rows: ['alpha#1', 'alpha#2'], expiresMs: 1_500 });
const STEPS: readonly PlanStep[] = [
  run('token', { captures: [{ name: 'token', from: 'stdout', pattern: null, isSecret: true }] }),
  LISTED,
  run('move/one', { captures: [{ name: 'position', from: 'stdout', pattern: null }] }),
  run('move/deep/two'),
  call('move/deep'),
  call('move'),
];
const SCOPES = {
  move: { runbook: 'other', revision: 'b'.repeat(64), inputs: { site: '${site}-${region}', key: 'k-${token}', at: '${position_of_caller}' } },
  'move/deep': { runbook: 'third', revision: 'c'.repeat(64), inputs: { where: 'in ${site} at ${position}' } },
};
const PLAN = plan(STEPS, { inputs: { site: 'munich', region: 'south', password: 'sealed:p' }, secrets: ['password'], scopes: SCOPES });
const source = (captured: Readonly<Record<string, string>> = {}) => ({ plan: PLAN, captured });
const open = (sealed: string): string => sealed.replace('sealed:', '');

describe('a step of the runbook itself', () => {
  it('sees inputs and what its runbook has captured; secret ones stay sealed', () => {
    const { values, secrets } = variablesOf(source({ token: 'sealed:t', 'move/position': '7' }), { step: LISTED, row: null });
    expect(values).toEqual({ site: 'munich', region: 'south', password: 'sealed:p', token: 'sealed:t', expires: '2' });
    expect([...secrets].toSorted()).toEqual(['password', 'token']);
  });

  it('sees the item of its row', () => {
    expect(variablesOf(source(), { step: LISTED, row: rowOf({ items: ['orders', 'invoices'] }, 'alpha#2') }).values).toMatchObject({
      item: 'invoices',
    });
  });

  it('opens what is secret where it is given the key, and nothing else', () => {
    const { values } = variablesOf(source({ token: 'sealed:t' }), { step: LISTED, row: null }, open);
    expect(values).toMatchObject({ password: 'p', token: 't', site: 'munich' });
  });
});

describe('a step of a called runbook', () => {
  it('sees its own inputs, filled with the variables of the caller, at any depth', () => {
    const captured = { token: 'sealed:t', 'move/position': '7' };
    expect(scopeVariables(source(captured), 'move').values).toEqual({ site: 'munich-south', key: 'k-sealed:t', at: '', position: '7' });
    expect(scopeVariables(source(captured), 'move/deep').values).toEqual({ where: 'in munich-south at 7' });
  });

  it('has a secret where its input was made of one', () => {
    const { values, secrets } = scopeVariables(source({ token: 'sealed:t' }), 'move', open);
    expect(values).toMatchObject({ key: 'k-t' });
    expect([...secrets]).toEqual(['key']);
  });
});

it('what a step captures is kept under its runbook', () => {
  expect([capturedKey('one', 'x'), capturedKey('move/one', 'x'), capturedKey('move/deep/two', 'x')]).toEqual(['x', 'move/x', 'move/deep/x']);
});
