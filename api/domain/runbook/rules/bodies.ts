// What steps do, for rules: each step, and after it what a rehearsal does instead, with the place where it is written.
import type { Path } from '../place.ts';
import type { RawBody, RawStep } from '../raw-runbook.ts';
import { variantOf } from '../variant.ts';
import type { RuleContext } from './rule.ts';

export interface BodyAt {
  /** What it means: a variant together with what it takes from its step. */
  readonly step: RawStep;
  /** What is written at `path`. */
  readonly written: RawBody;
  readonly path: Path;
  /** As a sentence begins: "Step `promote`". */
  readonly by: string;
  /** The same within a sentence. */
  readonly of: string;
  readonly isVariant: boolean;
}

export function bodiesOf({ raw }: RuleContext): readonly BodyAt[] {
  return raw.steps.flatMap((step, index): readonly BodyAt[] => {
    const name = `step \`${step.id}\``;
    const own = { step, written: step, path: ['steps', index], by: `Step \`${step.id}\``, of: name, isVariant: false };
    if (typeof step.drill !== 'object') return [own];
    const variant = { step: variantOf(step, step.drill), written: step.drill, path: ['steps', index, 'drill'] };
    return [own, { ...variant, by: `The rehearsal of ${name}`, of: `the rehearsal of ${name}`, isVariant: true }];
  });
}
