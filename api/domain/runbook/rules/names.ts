// The names that texts and conditions may use: inputs, and what steps capture.
import { didYouMean } from '../nearest.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export interface Names {
  readonly inputs: ReadonlySet<string>;
  readonly captures: ReadonlySet<string>;
  /** Of both, those that are kept from view. */
  readonly secrets: ReadonlySet<string>;
}

export function namesOf(context: RuleContext): Names {
  const inputs = Object.entries(context.raw.inputs ?? {});
  const captures = bodiesOf(context).flatMap(({ written }) => Object.entries(written.capture ?? {}));
  const secrets = [
    ...inputs.filter(([, input]) => input.secret === true),
    ...captures.filter(([, capture]) => typeof capture === 'object' && capture.secret === true),
  ];
  return {
    inputs: new Set(inputs.map(([name]) => name)),
    captures: new Set(captures.map(([name]) => name)),
    secrets: new Set(secrets.map(([name]) => name)),
  };
}

/** What to do about a name that is none of these. */
export function remedyFor(name: string, known: Iterable<string>): string {
  return didYouMean(name, known, 'Add an input of this name, or capture it in a step before.');
}
