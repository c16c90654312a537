// A captured value has a name of its own: no input and no other step fills the same variable. A rehearsal may fill it instead.
import type { Finding } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function capturesRule(context: RuleContext): readonly Finding[] {
  const inputs = new Set(Object.keys(context.raw.inputs ?? {}));
  const takenBy = new Map<string, string>();
  return bodiesOf(context).flatMap(({ step, written, path, by }) =>
    Object.keys(written.capture ?? {}).flatMap((name): readonly Finding[] => {
      const owner = takenBy.get(name);
      if (!inputs.has(name) && (owner === undefined || owner === step.id)) {
        takenBy.set(name, step.id);
        return [];
      }
      const other = inputs.has(name) ? 'an input' : `a captured value of step \`${owner ?? ''}\``;
      const message = `${by} captures \`${name}\`, which is ${other} already.`;
      return [{ code: 'name-taken', path: [...path, 'capture', name], at: 'key', message, remedy: 'Give the captured value another name.' }];
    }),
  );
}
