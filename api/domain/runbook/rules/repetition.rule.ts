// Only what may run twice is repeated, and a wait has one bound.
import type { Finding } from '../place.ts';
import type { RuleContext } from './rule.ts';

export function repetitionRule({ raw }: RuleContext): readonly Finding[] {
  return raw.steps.flatMap((step, index): Finding[] => {
    const path = ['steps', index];
    if (step.run !== undefined && (step.retry?.attempts ?? 1) > 1 && step.readOnly !== true && step.idempotent !== true) {
      const message = `Step \`${step.id}\` is repeated, and does not say that it may run twice.`;
      return [
        { code: 'retry-of-action', path: [...path, 'retry'], at: 'key', message, remedy: 'Add `idempotent: true` if that is so, or remove `retry`.' },
      ];
    }
    if (step.wait?.timeout !== undefined && step.timeout !== undefined) {
      const message = `Step \`${step.id}\` has two timeouts.`;
      return [{ code: 'two-timeouts', path: [...path, 'timeout'], at: 'key', message, remedy: 'Keep the one in `wait`.' }];
    }
    return [];
  });
}
