// What a running drill does with called runbooks, sleeps, waits, optional steps and rehearsals.
import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../../../../api/domain/drill/plan.ts';
import { DrillStory } from '../../../support/drill-story.ts';
import { call, confirm, inSequence, plan, run, sleep, wait } from '../../../support/plan-builder.ts';

const started = (steps: readonly PlanStep[], change: Partial<Plan> = {}): DrillStory => DrillStory.started(plan(steps, change)).settle();
const states = (story: DrillStory): Readonly<Record<string, string>> => Object.fromEntries(story.state.steps.all.map(({ id, state }) => [id, state]));
const live = (story: DrillStory, step: string): readonly string[] =>
  story
    .step(step)
    .attempts.filter(({ state }) => state === 'launched')
    .map(({ host }) => host);

describe('a called runbook', () => {
  const steps = [
    run('before'),
    run('move/one', { needs: ['before'], captures: [{ name: 'position', from: 'stdout', pattern: null }] }),
    run('move/two', { needs: ['move/one'], when: "values.position == '7'" }),
    call('move', { needs: ['move/two'] }),
    run('after', { needs: ['move'] }),
  ];
  const scopes = { move: { runbook: 'other', revision: 'b'.repeat(64), inputs: {} } };

  it('keeps its captured values to itself, and ends when its steps have', () => {
    const story = started(steps, { scopes }).end('before');
    story.end('move/one', 'succeeded', { captured: { position: '7' } });
    expect(story.state.captured).toEqual({ 'move/position': '7' });
    story.end('move/two');
    expect(story.step('move')).toMatchObject({ state: 'succeeded', startedAt: story.step('move/one').startedAt });
    expect(live(story, 'after')).toEqual(['alpha']);
  });

  it('is skipped as a whole by its condition', () => {
    const skipped = steps.map((step) => (step.id === 'move' ? { ...step, when: "mode == 'rehearsal'" } : step));
    const story = started(skipped, { scopes }).end('before');
    expect(states(story)).toMatchObject({ 'move/one': 'skipped', 'move/two': 'skipped', move: 'skipped', after: 'launched' });
    expect(story.step('move/one').reason).toBe("It belongs to “A step”: `mode == 'rehearsal'` is false.");
  });
});

describe('a sleep', () => {
  const cut = run('cut', { captures: [{ name: 'ttl', from: 'stdout', pattern: null }] });

  it('can be what is left of a time that began when another step ended', () => {
    const story = started(inSequence([cut, run('work'), sleep('rest', 60_000, { since: 'cut' })])).end('cut');
    const endsAt = story.now + 60_000;
    story.wait(40_000).end('work');
    expect(story.step('rest')).toMatchObject({ state: 'sleeping', sleepUntil: endsAt });
    expect(story.wait(20_000).state.run).toBe('passed');
  });

  it('can take its length from a captured value, in seconds or as a duration', () => {
    for (const [ttl, ms] of [
      ['300', 300_000],
      ['5m', 300_000],
    ] as const) {
      const story = started(inSequence([cut, sleep('rest', 0, { remainder: 'ttl' })]));
      story.end('cut', 'succeeded', { captured: { ttl } });
      expect(story.step('rest').sleepUntil).toBe(story.now + ms);
    }
  });

  it('fails where that value is no time', () => {
    const story = started(inSequence([cut, sleep('rest', 0, { remainder: 'ttl' })]));
    story.end('cut', 'succeeded', { captured: { ttl: 'soon' } });
    expect(story.step('rest')).toMatchObject({ state: 'failed' });
    expect(story.step('rest').reason).toContain('"soon", the value of ttl, is not a time to sleep');
  });
});

describe('a wait', () => {
  it('gives up after as many looks as it may take', () => {
    const story = started([wait('one', { attempts: 2, everyMs: 100 })])
      .end('one', 'failed')
      .wait(100)
      .end('one', 'failed');
    expect(story.step('one')).toMatchObject({ state: 'failed', reason: 'It did not hold in 2 looks: It went wrong.' });
  });

  it('for something steady holds when two looks in a row took about the same time', () => {
    const story = started([wait('warm', { steadyPercent: 10, everyMs: 0, timeoutMs: 600_000 })]);
    const look = (ms: number): void => {
      story.now += ms;
      story.end('warm').wait(0);
    };
    look(10_000);
    look(5_000);
    expect(story.step('warm').state).toBe('launched');
    look(4_600);
    expect(story.state.run).toBe('passed');
    expect(story.step('warm').attempts).toHaveLength(3);
  });
});

describe('an optional step', () => {
  it('may be skipped, and that is no deviation', () => {
    const story = started(inSequence([confirm('photo', { isOptional: true }), run('one')]));
    story.tell({ type: 'step-skipped', step: 'photo', reason: 'No time.' }, 'a.brandt').settle().end('one');
    expect(story.state).toMatchObject({ run: 'passed', summary: { hasDeviations: false } });
  });
});

describe('a rehearsal', () => {
  it('leaves out what the runbook says it does', () => {
    const story = started(inSequence([run('page', { isLeftOut: true }), run('one')]), { mode: 'rehearsal' }).end('one');
    expect(story.step('page')).toMatchObject({ state: 'skipped', reason: 'A rehearsal leaves this step out.' });
    expect(story.state.run).toBe('passed');
  });
});
