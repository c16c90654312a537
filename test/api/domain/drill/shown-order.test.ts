// Calls stand before the steps that they bring, and numbers follow what people see.
import { expect, it } from 'vitest';
import { stepName } from '../../../../api/domain/drill/command-step.ts';
import { shownOrder } from '../../../../api/domain/drill/shown-order.ts';
import { call, inSequence, plan, run } from '../../../support/plan-builder.ts';

const STEPS = inSequence([run('stop'), run('site/db/copy'), call('site/db'), run('site/web'), call('site', { title: 'The site' }), run('serve')]);

it('a call stands before what it calls, at any depth', () => {
  expect(shownOrder(STEPS).map(({ id }) => id)).toEqual(['stop', 'site', 'site/db', 'site/db/copy', 'site/web', 'serve']);
  expect(stepName(plan(STEPS), 'site')).toBe('Step 2 “The site”');
});

it('a step whose call is not there keeps its place', () => {
  expect(shownOrder([run('gone/a'), run('b')]).map(({ id }) => id)).toEqual(['gone/a', 'b']);
});
