// The rows of the timeline: each step with its bars; a call spans the steps that it brings, which can be folded away under it.
import type { DrillDetail, StepDetail } from './drill-type.ts';
import { type StepBars, spanOfAll, stepBars } from './step-bars.ts';

export interface TimelineRow {
  readonly step: StepDetail;
  /** 1 for the first step, also when others are folded away. */
  readonly number: number;
  readonly bars: StepBars;
  /** On the critical path: of what remains while the drill runs, of the plan for what has ended. */
  readonly isCritical: boolean;
  /** How many steps the call brings; 0 for any other step. */
  readonly holds: number;
  readonly isFolded: boolean;
}

type Known = Pick<DrillDetail, 'steps' | 'remainingCritical' | 'state'>;

interface At {
  readonly startedAt: number | null;
  readonly now: number;
  readonly folded: ReadonlySet<string>;
}

/** In the order of the steps, without those that are folded away. */
export function timelineRows({ steps, remainingCritical }: Known, { startedAt, now, folded }: At): readonly TimelineRow[] {
  const critical = new Set(remainingCritical);
  const bars = new Map(steps.map((step) => [step.id, stepBars(step, startedAt, now)]));
  return steps.flatMap((step, index): readonly TimelineRow[] => {
    if (ancestors(step.id).some((call) => folded.has(call))) return [];
    const held = step.planned.kind === 'CALL' ? steps.filter(({ id }) => id.startsWith(`${step.id}/`)) : [];
    const own = bars.get(step.id) ?? stepBars(step, startedAt, now);
    return [
      {
        step,
        number: index + 1,
        bars: held.length > 0 ? wholeOf(own, held, bars) : own,
        isCritical: critical.size === 0 || step.endedAt !== null ? step.planned.isCritical : critical.has(step.id),
        holds: held.length,
        isFolded: folded.has(step.id),
      },
    ];
  });
}

function wholeOf(own: StepBars, held: readonly StepDetail[], bars: ReadonlyMap<string, StepBars>): StepBars {
  const planned = {
    startMs: Math.min(own.planned.endMs, ...held.map((step) => step.planned.startMs)),
    endMs: Math.max(own.planned.endMs, ...held.map((step) => step.planned.endMs)),
  };
  return { planned, actual: spanOfAll(held.flatMap(({ id }) => bars.get(id) ?? [])), isHuman: false };
}

/** `site/db/copy` stands in `site` and in `site/db`. */
function ancestors(id: string): readonly string[] {
  const parts = id.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
