// The sections of a drill, planned against actual: the whole, its clocks, and the runbooks it calls, one within the other.
import { isAchieved } from './achieved.ts';
import { indexOf } from './plan-index.ts';
import { scopeOf } from './scope-of.ts';
import type { Plan } from './plan.ts';
import type { DrillState } from './state.ts';
import type { StepTime, Timeline } from './timeline.ts';

export const SECTION_KINDS = ['drill', 'clock', 'call'] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

/** Milliseconds; those of the plan count from the start of the drill. */
export interface Section {
  /** Unique within a drill: `drill`, `clock:recovery`, `call:move-db`. */
  readonly id: string;
  readonly kind: SectionKind;
  /** The name of a clock, the title of a call, empty for the drill. */
  readonly name: string;
  /** 0 for the drill, 1 for what lies in it, 2 for a call in a call. */
  readonly depth: number;
  readonly plannedStartMs: number;
  readonly plannedEndMs: number;
  readonly startedAt: number | null;
  /** Null while it runs, and when its last step was never reached. */
  readonly endedAt: number | null;
  readonly elapsedMs: number | null;
  /** Of that, waiting for people, pauses and decisions with it. */
  readonly humanMs: number;
  readonly objectiveMs: number | null;
}

/** The drill first, then its clocks, then calls in the order of the plan. A section that never reached its end stands still where the drill ended. */
export function sectionsOf(state: DrillState, timeline: Timeline, now: number): readonly Section[] {
  const times = new Map(timeline.steps.map((time) => [time.id, time]));
  const whole = { id: 'drill', kind: 'drill', name: '', depth: 0, plannedStartMs: 0, plannedEndMs: timeline.totalMs, objectiveMs: null } as const;
  return [
    measured(state, { ...whole, startedAt: state.startedAt, endedAt: state.finishedAt }, now),
    ...state.plan.clocks.map((clock) => measured(state, clockSection(state, clock, times), now)),
    ...state.plan.steps.flatMap((step) => (step.kind === 'call' ? [measured(state, callSection(state, step, times), now)] : [])),
  ];
}

type Unmeasured = Omit<Section, 'elapsedMs' | 'humanMs'>;
type Times = ReadonlyMap<string, StepTime>;

function clockSection(state: DrillState, clock: Plan['clocks'][number], times: Times): Unmeasured {
  return {
    id: `clock:${clock.name}`,
    kind: 'clock',
    name: clock.name,
    depth: 1,
    plannedStartMs: clock.from === null ? 0 : (times.get(clock.from)?.startMs ?? 0),
    plannedEndMs: times.get(clock.to)?.endMs ?? 0,
    startedAt: clock.from === null ? state.startedAt : (state.steps.get(clock.from)?.startedAt ?? null),
    endedAt: isAchieved(state, clock.to) ? (state.steps.get(clock.to)?.endedAt ?? null) : null,
    objectiveMs: clock.objectiveMs ?? (clock.name === 'recovery' ? state.plan.objective.rtoSeconds * 1_000 : null),
  };
}

function callSection(state: DrillState, call: Plan['steps'][number], times: Times): Unmeasured {
  const nested = indexOf(state.plan).nestedIn.get(call.id) ?? [];
  const planned = nested.flatMap(({ id }) => times.get(id) ?? []);
  const starts = nested.flatMap(({ id }) => state.steps.get(id)?.startedAt ?? []);
  const plannedEndMs = times.get(call.id)?.endMs ?? 0;
  return {
    id: `call:${call.id}`,
    kind: 'call',
    name: call.title,
    depth: 1 + (scopeOf(call.id) === '' ? 0 : scopeOf(call.id).split('/').length),
    plannedStartMs: planned.reduce((first, { startMs }) => Math.min(first, startMs), plannedEndMs),
    plannedEndMs,
    startedAt: starts.length === 0 ? null : Math.min(...starts),
    endedAt: state.steps.get(call.id)?.endedAt ?? null,
    objectiveMs: null,
  };
}

function measured(state: DrillState, section: Unmeasured, now: number): Section {
  const { startedAt, endedAt } = section;
  if (startedAt === null) return { ...section, elapsedMs: null, humanMs: 0 };
  const untilAt = endedAt ?? state.finishedAt ?? now;
  return { ...section, elapsedMs: Math.max(0, untilAt - startedAt), humanMs: humanWithin(state, startedAt, untilAt) };
}

/** How much of the time between two instants somebody was waited for. */
function humanWithin({ humanWaits, humanWaitSince }: DrillState, fromAt: number, untilAt: number): number {
  const open = humanWaitSince === null ? [] : [{ fromAt: humanWaitSince, untilAt }];
  return [...humanWaits, ...open].reduce((sum, wait) => sum + Math.max(0, Math.min(wait.untilAt, untilAt) - Math.max(wait.fromAt, fromAt)), 0);
}
