// Journals from before a rule was made: they are read as they were written, and nothing new is taken down against the rule.
import { expect, it } from 'vitest';
import type { AttemptRef, DrillEvent, JournalEntry } from '../../../../api/domain/drill/journal.ts';
import { replay } from '../../../../api/domain/drill/reduce.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { confirm, plan, run } from '../../../support/plan-builder.ts';

const intended = (ref: AttemptRef): DrillEvent => ({
  type: 'attempt-intended',
  ...ref,
  commandHash: 'c'.repeat(64),
  hostKeys: [],
  deadlineAt: Date.UTC(2026, 9, 5, 15, 0),
});
const forward = (host: string, attempt: number): AttemptRef => ({ step: 'a', host, attempt, isUndo: false });
const newAttempt = (host: string): DrillEvent => ({ type: 'unknown-decided', decision: 'new-attempt', reason: 'x', step: 'a', host });

const statesAfter = (story: DrillStory, events: readonly DrillEvent[]): readonly string[] | string => {
  const entries = events.map((event, index): JournalEntry => ({ seq: story.state.seq + 1 + index, at: story.now, by: null, event }));
  const read = replay(story.plan, story.state.planHash, [...story.entries, ...entries]);
  return read.ok
    ? (read.value.steps.get('a')?.attempts.map(({ host, attempt, state }) => `${host} ${attempt} ${state}`) ?? [])
    : read.refusal.message;
};

it('a journal is read in which a batch of one tried two rows again at once', () => {
  const retry = { attempts: 3, everyMs: 0, backoff: 1 };
  const story = DrillStory.started(plan([run('a', { hosts: ['alpha', 'beta'], batch: 1, keepGoing: true, retry })])).settle();
  for (const outcome of ['failed', 'unknown', 'failed', 'unknown'] as const) story.end('a', outcome);
  story.tell(newAttempt('alpha'), 'a.brandt').tell(newAttempt('beta'), 'a.brandt');
  const [alpha, beta] = [forward('alpha', 3), forward('beta', 3)];
  expect(story.due()).toEqual([{ type: 'launch', ref: alpha }]);
  expect(statesAfter(story, [intended(alpha), intended(beta)]).slice(4)).toEqual(['alpha 3 intent', 'beta 3 intent']);
  expect([story.offer(intended(alpha)), story.offer(intended(beta))?.message]).toEqual([
    null,
    'Step 1 “A step” has to wait on beta, so its command is not started there yet.',
  ]);
});

it('a journal is read in which a row was begun again while it was being put back', () => {
  const always = run('a', { hosts: ['alpha', 'beta'], undo: 'lift', isAlways: true, onFailure: 'continue' });
  const story = DrillStory.started(plan([always, confirm('b')])).settle();
  story.end('a').end('a', 'failed').tell({ type: 'step-retried', step: 'a', reason: null }, 'a.brandt');
  story.tell({ type: 'abort-requested', form: 'undo', reason: 'x' }, 'a.brandt').tell(intended({ ...forward('beta', 1), isUndo: true }));
  const again = intended(forward('beta', 2));
  expect(story.due()).toEqual([]);
  expect(statesAfter(story, [again])).toContain('beta 2 intent');
  expect(story.offer(again)?.code).toBe('BAD_STATE');
});

it('a journal is read in which somebody was let through who would be told of being late now', () => {
  const story = DrillStory.started(plan([run('a')]))
    .settle()
    .end('a', 'failed');
  const asked = { id: null, basedOn: story.state.seq };
  story.tell({ type: 'reopened', reason: 'x' }, 'b.two').tell({ type: 'resumed' }, 'b.two');
  const skip: DrillEvent = { type: 'step-skipped', step: 'a', reason: 'x', asked };
  const entry: JournalEntry = { seq: story.state.seq + 1, at: story.now, by: 'a.brandt', event: skip };
  const read = replay(story.plan, story.state.planHash, [...story.entries, entry]);
  expect(read.ok && read.value.steps.get('a')?.state).toBe('skipped');
  expect(story.offer(skip, 'a.brandt')?.code).toBe('CONFLICT');
});
