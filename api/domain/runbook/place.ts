// Where something stands in runbook.yaml, and what the checks say about it.
import type { Problem } from '../errors.ts';

/** Keys and list indexes from the root of the document. */
export type Path = readonly (string | number)[];

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The places of one parsed file. */
export interface Places {
  readonly file: string;
  /** Where the value at `path` begins, or its key; null when nothing is written there. */
  of(path: Path, at?: 'key' | 'value'): Place | null;
}

/** What a check found at a path. `at: 'key'` points at the name instead of the value. */
export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly at?: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
}

const TOP: Place = { line: 1, column: 1 };

/** The finding with the place it stands at; what is not written is placed at the nearest thing around it that is. */
export function toProblem(finding: Finding, severity: Problem['severity'], places: Places): Problem {
  const place = nearestPlace(finding, places);
  return {
    code: finding.code,
    severity,
    message: finding.message,
    remedy: finding.remedy,
    file: places.file,
    line: place.line,
    column: place.column,
  };
}

/** By line, then column, then code: the order in which a person reads the file. */
export function byPlace(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : 1);
}

function nearestPlace(finding: Finding, places: Places): Place {
  const own = places.of(finding.path, finding.at);
  if (own !== null) return own;
  for (let length = finding.path.length - 1; length >= 0; length -= 1) {
    const around = places.of(finding.path.slice(0, length));
    if (around !== null) return around;
  }
  return TOP;
}
