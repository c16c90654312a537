// What a rule is: a check of what the schema cannot see, references above all. A rule a file; its findings are errors.
import type { Finding } from '../place.ts';
import type { RawRunbook } from '../raw-runbook.ts';

export interface RuleContext {
  /** The schema holds for it. */
  readonly raw: RawRunbook;
  /** Text of the files beside the runbook, by name. */
  readonly scripts: ReadonlyMap<string, string>;
}

export type Rule = (context: RuleContext) => readonly Finding[];

export function stepIds({ raw }: RuleContext): readonly string[] {
  return raw.steps.map((step) => step.id);
}
