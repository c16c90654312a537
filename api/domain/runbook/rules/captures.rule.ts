// A captured value has a name of its own: no input and no other step fills the same variable.
import type { Finding } from '../place.ts';
import type { RuleContext } from './rule.ts';

export function capturesRule({ raw }: RuleContext): readonly Finding[] {
  const takenBy = new Map(Object.keys(raw.inputs ?? {}).map((name) => [name, 'an input']));
  return raw.steps.flatMap((step, index) =>
    Object.keys(step.capture ?? {}).flatMap((name): Finding[] => {
      const other = takenBy.get(name);
      if (other === undefined) {
        takenBy.set(name, `a captured value of step \`${step.id}\``);
        return [];
      }
      const message = `Step \`${step.id}\` captures \`${name}\`, which is ${other} already.`;
      return [{ code: 'name-taken', path: ['steps', index, 'capture', name], at: 'key', message, remedy: 'Give the captured value another name.' }];
    }),
  );
}
