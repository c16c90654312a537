// Where something stands in runbook.yaml, and what the checks say about it.
import type { Fix, Problem } from '../errors.ts';
import { meantBy } from './nearest.ts';

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
  /** How what is written at `path` lies in the text, for edits; null when nothing is written there, or the text cannot be read. */
  layoutOf(path: Path): Layout | null;
}

/** Where a key and its value, or an entry of a list, begin and end. */
export interface Layout {
  readonly key: Span | null;
  readonly value: Span;
  /** `flow`: the keys beside it stand in braces; `block`: each begins a line of its own. */
  readonly around: 'flow' | 'block';
  readonly form: 'map' | 'list' | 'text' | 'block-text';
  /** The value as it is written, quotes included. */
  readonly written: string;
  /** It is the only one in the map or list that it stands in. */
  readonly isOnly: boolean;
  /** What stands between the value and the end of its line, a comment perhaps. */
  readonly tail: string;
  /** Where the line ends on which the value ends. */
  readonly lineEnd: Place;
}

export interface Span {
  readonly from: Place;
  readonly to: Place;
}

/** What a check found at a path. `at: 'key'` points at the name instead of the value. */
export interface Finding {
  readonly code: string;
  readonly path: Path;
  readonly at?: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
  readonly fix?: Fix;
}

/** In a longer text, a condition or a URL, it is not the whole that is mistyped. */
const ONE_WORD = /^(?:[\w-]+|'[\w-]+'|"[\w-]+")$/;

const TOP: Place = { line: 1, column: 1 };

/** The finding with the place it stands at; what is not written is placed at the nearest thing around it that is. */
export function toProblem(finding: Finding, severity: Problem['severity'], places: Places): Problem {
  const place = nearestPlace(finding, places);
  const fix = finding.fix ?? renaming(finding, places);
  return {
    code: finding.code,
    severity,
    message: finding.message,
    remedy: finding.remedy,
    file: places.file,
    line: place.line,
    column: place.column,
    ...(fix === null ? {} : { fix }),
  };
}

/** Where the remedy names the word that was probably meant, putting it there is a fix. */
function renaming({ path, at, remedy }: Finding, places: Places): Fix | null {
  const word = meantBy(remedy);
  if (word === null) return null;
  const layout = places.layoutOf(path);
  const span = at === 'key' ? layout?.key : layout && ONE_WORD.test(layout.written) ? layout.value : null;
  if (!span) return null;
  return { title: `Write \`${word}\``, edits: [{ ...span, newText: word }] };
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
