// Events as sentences: who, what, where, and why.
import { expect, it } from 'vitest';
import { describeEvent } from '../../../../api/domain/drill/describe-event.ts';
import type { DrillEvent } from '../../../../api/domain/drill/journal.ts';
import { LOCAL } from '../../../../api/domain/drill/plan.ts';
import { approve, call, confirm, plan, run } from '../../../support/plan-builder.ts';

const PLAN = plan([
  run('lists', { title: 'Lists are moved', hosts: ['alpha'], items: ['orders', 'invoices'], rows: ['alpha#1', 'alpha#2'] }),
  run('local', { title: 'The gate opens', hosts: [LOCAL] }),
  run('promote', { title: 'Standby becomes primary', isPointOfNoReturn: true }),
  approve('go', { title: 'Customers are told' }),
  confirm('look', { title: 'The page shows' }),
  call('move', { title: 'The database moves' }),
]);
const attempt = (step: string, host: string, number = 1) => ({ step, host, attempt: number, isUndo: false });

it.each<readonly [DrillEvent, string | null, string]>([
  [{ type: 'attempt-launched', ...attempt('lists', 'alpha#2') }, null, '“Lists are moved” on alpha (item 2) started.'],
  [{ type: 'attempt-launched', ...attempt('local', LOCAL, 2) }, null, '“The gate opens” on this machine, attempt 2, started.'],
  [
    { type: 'unknown-decided', step: 'lists', host: 'alpha#1', decision: 'failed', reason: 'No list is there.' },
    'a.brandt',
    'a.brandt decided about “Lists are moved” on alpha (item 1) that it failed: No list is there.',
  ],
  [{ type: 'step-waiting', step: 'look' }, null, '“The page shows” waits for a person.'],
  [{ type: 'step-waiting', step: 'promote' }, null, '“Standby becomes primary” waits for go or no-go.'],
  [{ type: 'step-confirmed', step: 'look', outcome: 'done', note: null }, 'a.brandt', 'a.brandt confirmed “The page shows” as done.'],
  [{ type: 'step-confirmed', step: 'go', outcome: 'done', note: null }, 'a.brandt', 'a.brandt said go for “Customers are told”.'],
  [
    { type: 'step-confirmed', step: 'go', outcome: 'failed', note: 'Not before noon.' },
    'a.brandt',
    'a.brandt said no-go for “Customers are told”: Not before noon.',
  ],
  [{ type: 'call-ended', step: 'move' }, null, 'The runbook that “The database moves” calls has ended.'],
  [
    { type: 'step-failed', step: 'lists', reason: 'Its condition `x` cannot be read.' },
    null,
    '“Lists are moved” failed: Its condition `x` cannot be read.',
  ],
  [
    { type: 'abort-requested', form: 'undo', reason: 'Step 1 failed, and the runbook undoes the drill then.' },
    null,
    'Muster aborted the drill (undo what was done): Step 1 failed, and the runbook undoes the drill then.',
  ],
])('%o', (event, by, sentence) => {
  expect(describeEvent({ seq: 1, at: 0, by, event }, PLAN)).toBe(sentence);
});
