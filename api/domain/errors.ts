// The one list of error codes, and the shape in which an expected failure travels: a value, never an exception.

/** Stable codes; clients branch on these, people read the sentence beside them. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'CONFLICT',
  'LOCKED',
  'NOT_APPROVED',
  'PLAN_CHANGED',
  'BAD_STATE',
  'RATE_LIMITED',
  'TOO_COMPLEX',
  /** Nothing can be stored for now, for a reason outside of Muster. */
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A point in a text. Both 1-based; a column counts UTF-16 units, as editors do. */
export interface TextPoint {
  readonly line: number;
  readonly column: number;
}

/** `newText` takes the place of what stands from `from` up to `to`; line ends in it are Unix. */
export interface TextEdit {
  readonly from: TextPoint;
  readonly to: TextPoint;
  readonly newText: string;
}

/** A change that mends a problem and leaves everything else as it is. Edits do not overlap and all mean the text before. */
export interface Fix {
  /** What it does, for a button: `Add timeout: 10m`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** One thing that is wrong in a document somebody wrote, with its place and what to do about it. */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Where a change is safe that needs nobody's judgement, or that a person only has to adjust. */
  readonly fix?: Fix;
}

/** Why something was not done. `message` says what happened, to what, and what to do. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  /** The input field that is at fault, when there is one. */
  readonly field?: string;
  readonly problems?: readonly Problem[];
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function done<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(
  code: ErrorCode,
  message: string,
  more: Omit<Refusal, 'code' | 'message'> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, ...more } };
}
