// The list of a `foreach` that comes from an input exists, and may be shown: items name the rows of a step.
import { didYouMean } from '../nearest.ts';
import type { Finding } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function listsRule(context: RuleContext): readonly Finding[] {
  const inputs = context.raw.inputs ?? {};
  return bodiesOf(context).flatMap(({ written, path, by }): readonly Finding[] => {
    const { foreach } = written;
    if (foreach === undefined || !('input' in foreach)) return [];
    const place = { path: [...path, 'foreach', 'input'] };
    const name = foreach.input;
    if (!Object.hasOwn(inputs, name)) {
      const message = `${by} runs for each of the input \`${name}\`, which does not exist.`;
      return [{ ...place, code: 'unknown-input', message, remedy: didYouMean(name, Object.keys(inputs), 'Add it under `inputs`.') }];
    }
    if (inputs[name]?.secret !== true) return [];
    return [
      { ...place, code: 'secret-shown', message: `${by} would show the secret \`${name}\` as rows.`, remedy: 'Use an input that is no secret.' },
    ];
  });
}
