// What a lint rule is: something that is allowed and rarely meant. A rule a file; its findings are warnings and never block.
import type { Finding } from '../place.ts';
import type { LintSubject } from './lint-subject.ts';

export interface LintRule {
  readonly code: string;
  /** `advice` is worth a thought; a `warning` is mostly a mistake. Both are told as warnings. */
  readonly weight: 'warning' | 'advice';
  /** What it finds, as a heading. */
  readonly title: string;
  /** Why it is worth telling, and where the rule looks away, for the page that explains it. Markdown. */
  readonly why: string;
  /** What to do, in general. */
  readonly remedy: string;
  /** Parts of a runbook with and without the finding. What they leave out is written in `example-head.ts`. */
  readonly bad: string;
  readonly good: string;
  check(subject: LintSubject): readonly LintFinding[];
}

/** The code is the rule's. */
export type LintFinding = Omit<Finding, 'code'>;
