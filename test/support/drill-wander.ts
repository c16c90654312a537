// Leads a drill through whatever may happen to it, by numbers that fast-check draws; what the reducer refuses does not happen.
import { asCommandStep } from '../../api/domain/drill/command-step.ts';
import type { AttemptRef, DrillEvent } from '../../api/domain/drill/journal.ts';
import type { Plan } from '../../api/domain/drill/plan.ts';
import type { DrillState } from '../../api/domain/drill/state.ts';
import { DrillStory } from './drill-story.ts';

/** Calls `look` with the state after each entry. */
export function wander(plan: Plan, picks: readonly number[], look: (state: DrillState) => void): void {
  const story = DrillStory.started(plan);
  for (const pick of picks) {
    story.now += pick % 7 === 0 ? 1_000 : 10;
    for (const { event, by } of happening(story, pick)) if (story.offer(event, by) === null) look(story.state);
  }
}

interface Told {
  readonly event: DrillEvent;
  readonly by: string | null;
}

function happening(story: DrillStory, pick: number): readonly Told[] {
  const lot = pick % 20;
  if (lot < 9) return acting(story, pick);
  if (lot < 17) return ending(story, pick);
  const event = steering(story.state, pick);
  return [{ event, by: pick % 2 === 0 ? 'p.erson' : 'o.ther' }];
}

function acting(story: DrillStory, pick: number): readonly Told[] {
  const due = story.due();
  const effect = due[pick % Math.max(1, due.length)];
  if (effect?.type === 'record') return [{ event: effect.event, by: null }];
  if (effect?.type === 'write-canary') {
    return [{ event: { type: 'canary-missed', marker: story.state.canary.lastMarker + 1, reason: 'x' }, by: null }];
  }
  if (effect?.type !== 'launch') return [];
  const intent = { type: 'attempt-intended', ...effect.ref, commandHash: '', hostKeys: [], deadlineAt: 0 } as const;
  const launched = { type: 'attempt-launched', ...effect.ref } as const;
  return (pick % 5 === 0 ? [intent] : [intent, launched]).map((event) => ({ event, by: null }));
}

function ending(story: DrillStory, pick: number): readonly Told[] {
  const live = lives(story.state);
  const ref = live[pick % Math.max(1, live.length)];
  if (ref === undefined) return [];
  const outcome = (['succeeded', 'succeeded', 'failed', 'timed-out', 'unknown', 'cancelled', 'not-started'] as const)[pick % 7] ?? 'succeeded';
  const reason = outcome === 'succeeded' ? null : `It came to ${outcome}.`;
  const events = [
    { type: 'output', ...ref, stream: 'stdout', offset: 0, length: 3 },
    { type: 'attempt-ended', ...ref, outcome, exitCode: null, signal: null, reason, captured: {} },
  ] as const;
  return events.map((event) => ({ event, by: null }));
}

function steering({ plan, abort }: DrillState, pick: number): DrillEvent {
  const step = plan.steps[pick % plan.steps.length]?.id ?? '';
  const host = pick % 3 === 0 ? 'beta' : 'alpha';
  const forms = ['now', 'finish', 'undo'] as const;
  const all: readonly DrillEvent[] = [
    { type: 'paused' },
    { type: 'resumed' },
    { type: 'resumed' },
    { type: 'step-retried', step, reason: null },
    { type: 'step-skipped', step, reason: 'x' },
    { type: 'step-confirmed', step, outcome: pick % 4 === 0 ? 'failed' : 'done', note: null },
    { type: 'step-confirmed', step, outcome: 'done', note: null },
    { type: 'unknown-decided', step, host, decision: (['succeeded', 'failed', 'new-attempt'] as const)[pick % 3] ?? 'failed', reason: 'x' },
    { type: 'recovering', reason: 'x' },
    { type: 'recovered' },
    { type: 'recovered' },
    pick % 4 === 0 ? { type: 'abort-requested', form: abort === null ? 'undo' : (forms[pick % 3] ?? 'now'), reason: 'x' } : { type: 'resumed' },
  ];
  return all[Math.floor(pick / 20) % all.length] ?? { type: 'resumed' };
}

function lives(state: DrillState): readonly AttemptRef[] {
  return state.steps.all.flatMap(({ id, attempts }) =>
    attempts.flatMap(({ host, attempt, isUndo, state: now }) =>
      now === 'intent' || now === 'launched' ? [{ step: id, host, attempt, isUndo }] : [],
    ),
  );
}

/** Every start that can be thought of: each row in each direction, with the next number and with those beside it. */
export function thinkableStarts({ plan, steps }: DrillState): readonly AttemptRef[] {
  return plan.steps.flatMap((planStep) => {
    const step = asCommandStep(planStep);
    if (step === null) return [];
    return [...step.hosts, 'nowhere'].flatMap((host) =>
      [false, true].flatMap((isUndo) => {
        const made = (steps.get(step.id)?.attempts ?? []).filter((one) => one.host === host && one.isUndo === isUndo).length;
        return [made, made + 1, made + 2].map((attempt) => ({ step: step.id, host, attempt, isUndo }));
      }),
    );
  });
}
