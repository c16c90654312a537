// What a look ahead at a drill found: whether it could start as things stand, and what to do about what is in its way.
import type { Problem } from '../errors.ts';

/** Code, sentence, remedy; `host` where it is about one. An error would keep the drill from starting or passing. */
export interface PreflightProblem extends Problem {
  readonly host?: string;
}

/** `day` and `hour` are looked at by themselves, `asked` by a person. */
export const PREFLIGHT_KINDS = ['day', 'hour', 'asked'] as const;
export type PreflightKind = (typeof PREFLIGHT_KINDS)[number];

export interface Preflight {
  readonly schedule: string;
  readonly dueAt: number;
  readonly kind: PreflightKind;
  readonly begunAt: number;
  /** Null while it is under way. */
  readonly endedAt: number | null;
  readonly problems: readonly PreflightProblem[];
}

export function isPreflightOk(problems: readonly PreflightProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}
