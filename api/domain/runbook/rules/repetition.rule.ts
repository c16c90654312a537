// Only what may run twice is repeated, and a wait has one bound.
import type { Finding } from '../place.ts';
import type { RawBody } from '../raw-runbook.ts';
import { effectOf, methodOf } from '../schema/kinds/http.kind.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function repetitionRule(context: RuleContext): readonly Finding[] {
  return bodiesOf(context).flatMap(({ written, path, by }): Finding[] => {
    if ((written.retry?.attempts ?? 1) > 1 && !mayRepeat(written)) {
      const message = `${by} is repeated, and does not say that it may run twice.`;
      const remedy = 'Add `idempotent: true` if that is so, or remove `retry`.';
      return [{ code: 'retry-of-action', path: [...path, 'retry'], at: 'key', message, remedy }];
    }
    if (written.wait?.timeout !== undefined && written.timeout !== undefined) {
      return [{ code: 'two-timeouts', path: [...path, 'timeout'], at: 'key', message: `${by} has two timeouts.`, remedy: 'Keep the one in `wait`.' }];
    }
    return [];
  });
}

function mayRepeat(body: RawBody): boolean {
  if (body.run !== undefined) return body.readOnly === true || body.idempotent === true;
  if (body.http !== undefined) return effectOf(body, methodOf(body.http)).isIdempotent;
  return body.copy?.file === undefined || body.idempotent !== false;
}
