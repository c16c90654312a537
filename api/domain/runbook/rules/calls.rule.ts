// A runbook does not call itself, and a call in a rehearsal has a way on that calls know. Circles by way of others are told by the plan.
import type { Finding } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function callsRule(context: RuleContext): readonly Finding[] {
  return bodiesOf(context).flatMap(({ step, path, by, isVariant }): readonly Finding[] => {
    const { call, onFailure } = step;
    if (call === undefined) return [];
    const key = typeof call === 'string' ? call : call.runbook;
    if (key === context.raw.runbook) {
      return [
        {
          code: 'call-circle',
          path: [...path, 'call'],
          message: `${by} calls its own runbook.`,
          remedy: 'Call another one, or write the steps out.',
        },
      ];
    }
    if (!isVariant || !(onFailure === 'warn' || typeof onFailure === 'object')) return [];
    const message = `${by} takes \`onFailure\` from its step, and a call cannot have that.`;
    return [{ code: 'bad-value', path, message, remedy: 'Write `onFailure:` with stop, continue, ask or undo in it.' }];
  });
}
