// How long the word of a person to pass the point of no return holds: for the start it was said for.
import { expect, it } from 'vitest';
import type { DrillEvent } from '../../../../api/domain/drill/journal.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { plan, run } from '../../../support/plan-builder.ts';

const go: DrillEvent = { type: 'step-confirmed', step: 'promote', outcome: 'done', note: null };
const retried: DrillEvent = { type: 'step-retried', step: 'promote', reason: null };
const aborted: DrillEvent = { type: 'abort-requested', form: 'finish', reason: 'Not today.' };
const started = (hosts: readonly string[] = ['alpha']) =>
  DrillStory.started(plan([run('promote', { isPointOfNoReturn: true, hosts, batch: 1, onFailure: 'ask' })])).settle();
const reopen = (story: DrillStory): DrillStory =>
  story.wait(82_800_000).tell({ type: 'reopened', reason: 'Now it is.' }, 'c.three').tell({ type: 'resumed' }, 'c.three').settle();

it('a go does not outlive the end: whoever reopens the drill is asked again', () => {
  const unstarted = started().tell(go, 'b.two').tell(aborted, 'a.brandt').settle();
  expect(unstarted.step('promote')).toMatchObject({ state: 'pending', hasGoAhead: true });
  reopen(unstarted);
  expect([unstarted.step('promote').state, unstarted.live('promote')]).toEqual(['waiting', undefined]);
  expect(unstarted.tell(go, 'c.three').settle().end('promote').state.result).toBe('passed');
  const begun = started(['alpha', 'beta']).tell(go, 'b.two').settle().tell(aborted, 'a.brandt').settle().end('promote');
  reopen(begun);
  expect([begun.step('promote').state, begun.live('promote')]).toEqual(['waiting', undefined]);
  begun.tell(go, 'c.three').settle();
  expect(begun.live('promote')).toMatchObject({ host: 'beta', attempt: 1 });
  expect(begun.end('promote').state.result).toBe('passed');
});

it('a go is for one try: a point of no return that is run again asks again, also after a reopening', () => {
  const story = started().tell(go, 'b.two').settle().end('promote', 'failed').tell(retried, 'a.brandt').settle();
  expect(story.step('promote')).toMatchObject({ state: 'waiting', hasGoAhead: false });
  story.tell(go, 'b.two').settle().end('promote', 'failed').tell(aborted, 'a.brandt').settle();
  reopen(story);
  story.tell(retried, 'c.three').settle();
  expect([story.step('promote').state, story.live('promote')]).toEqual(['waiting', undefined]);
});

it('of which nobody could tell is asked about anew after a reopening, and the answer is taken', () => {
  const story = started().tell(go, 'b.two').settle().end('promote', 'unknown').tell(aborted, 'a.brandt').settle();
  expect(story.state.result).toBe('aborted');
  reopen(story);
  story.tell({ type: 'unknown-decided', step: 'promote', host: 'alpha', decision: 'new-attempt', reason: 'Not there.' }, 'c.three').settle();
  expect(story.step('promote')).toMatchObject({ state: 'waiting', confirmation: null });
  expect(story.tell(go, 'c.three').settle().end('promote').state.result).toBe('passed');
});
