// Two runs of a runbook side by side, step by step and section by section.
import type { Section } from './sections.ts';
import { shownOrder } from './shown-order.ts';
import type { DrillState, StepState } from './state.ts';
import { spanOf, type StepSpan } from './step-duration.ts';
import { workOf } from './step-work.ts';

/** `same` does what it did; `changed` has the id of the step before and does something else; `moved` does the same under another id. */
export const STEP_COMPARISONS = ['same', 'changed', 'moved', 'new', 'gone'] as const;
export type ComparisonKind = (typeof STEP_COMPARISONS)[number];

export interface StepRun extends Partial<StepSpan> {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  readonly isDeviation: boolean;
}

export interface StepComparison {
  readonly kind: ComparisonKind;
  readonly before: StepRun | null;
  readonly now: StepRun | null;
  /** Positive is slower than before; null where one of the two was not measured. */
  readonly differenceMs: number | null;
}

export interface SectionComparison {
  readonly before: Section | null;
  readonly now: Section | null;
  readonly differenceMs: number | null;
}

/** In the order of the newer plan; steps that are gone stand behind the one that they followed. */
export function compareSteps(before: DrillState, after: DrillState, now: number): readonly StepComparison[] {
  const earlier = runsOf(before, before.finishedAt ?? now);
  const later = runsOf(after, after.finishedAt ?? now);
  const works = { before: workOf(before.plan), after: workOf(after.plan) };
  const idOfWork = new Map([...works.before].map(([id, work]) => [workWithoutId(before, id, work), id]));
  const partnerOf = (id: string): string | null => {
    if (earlier.has(id)) return id;
    const renamed = idOfWork.get(workWithoutId(after, id, works.after.get(id) ?? ''));
    return renamed !== undefined && !later.has(renamed) ? renamed : null;
  };
  const met = new Set<string>();
  const rows = [...later.values()].map((run): StepComparison => {
    const partner = partnerOf(run.id);
    const then = partner === null || met.has(partner) ? null : (earlier.get(partner) ?? null);
    if (then !== null) met.add(then.id);
    const isSameWork = then !== null && works.before.get(then.id) === works.after.get(run.id);
    const kind = then === null ? 'new' : then.id !== run.id ? 'moved' : isSameWork ? 'same' : 'changed';
    return { kind, before: then, now: run, differenceMs: difference(then?.elapsedMs, run.elapsedMs) };
  });
  return withGone(rows, [...earlier.values()], met);
}

export function compareSections(before: readonly Section[], after: readonly Section[]): readonly SectionComparison[] {
  const earlier = new Map(before.map((section) => [section.id, section]));
  const later = new Set(after.map(({ id }) => id));
  const rows = after.map((section): SectionComparison => {
    const then = earlier.get(section.id) ?? null;
    return { before: then, now: section, differenceMs: difference(then?.elapsedMs, section.elapsedMs) };
  });
  const gone = before.filter(({ id }) => !later.has(id)).map((section) => ({ before: section, now: null, differenceMs: null }));
  return [...rows, ...gone];
}

function runsOf(state: DrillState, now: number): ReadonlyMap<string, StepRun> {
  const runs = shownOrder(state.plan.steps).flatMap((step): readonly (readonly [string, StepRun])[] => {
    const progress = state.steps.get(step.id);
    if (progress === undefined) return [];
    const run = { id: step.id, title: step.title, state: progress.state, isDeviation: progress.isDeviation };
    return [[step.id, { ...run, ...spanOf(step, progress, now) }]];
  });
  return new Map(runs);
}

/** The same title and kind for the same hosts: enough to know a step again that got another id. */
function workWithoutId({ plan }: DrillState, id: string, work: string): string {
  const step = plan.steps.find((one) => one.id === id);
  return step === undefined ? work : JSON.stringify([step.kind, step.title, 'command' in step ? step.command : null]);
}

function difference(before: number | null | undefined, now: number | null | undefined): number | null {
  return before == null || now == null ? null : now - before;
}

function withGone(rows: readonly StepComparison[], earlier: readonly StepRun[], met: ReadonlySet<string>): readonly StepComparison[] {
  const result = [...rows];
  for (const [index, run] of earlier.entries()) {
    if (met.has(run.id)) continue;
    const previous = earlier[index - 1]?.id;
    const at = result.findIndex((row) => row.before?.id === previous);
    result.splice(previous === undefined ? 0 : at + 1, 0, { kind: 'gone', before: run, now: null, differenceMs: null });
  }
  return result;
}
