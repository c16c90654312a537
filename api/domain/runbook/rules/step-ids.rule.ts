// Every step has an id of its own.
import type { Finding } from '../place.ts';
import type { RuleContext } from './rule.ts';

export function stepIdsRule({ raw }: RuleContext): readonly Finding[] {
  const seen = new Set<string>();
  return raw.steps.flatMap(({ id }, index): Finding[] => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    const path = ['steps', index, 'id'];
    return [{ code: 'duplicate-step', path, message: `Two steps have the id \`${id}\`.`, remedy: 'Give this one another id.' }];
  });
}
