// Sections as they stand at this moment: those that run grow by the second.
import type { DrillDetail } from './drill-type.ts';

type Section = DrillDetail['sections'][number];

export interface SectionView {
  readonly section: Section;
  readonly isRunning: boolean;
  readonly elapsedMs: number | null;
  /** Actual less planned, once that is known: at its end, or when it has overrun. */
  readonly differenceMs: number | null;
  readonly isMissed: boolean;
}

/** `now` is null for a drill that is over: then nothing runs. */
export function sectionViews(sections: readonly Section[], now: number | null): readonly SectionView[] {
  return sections.map((section) => {
    const isRunning = now !== null && section.startedAt !== null && section.endedAt === null;
    const elapsedMs = isRunning ? Math.max(section.elapsedMs ?? 0, now - Date.parse(section.startedAt ?? '')) : section.elapsedMs;
    const over = elapsedMs === null ? null : elapsedMs - section.plannedMs;
    const isKnown = section.endedAt !== null || (over ?? 0) > 0;
    return {
      section,
      isRunning,
      elapsedMs,
      differenceMs: isKnown ? over : null,
      isMissed: section.objectiveMs !== null && (elapsedMs ?? 0) > section.objectiveMs,
    };
  });
}
