// The order in which people are shown the steps of a plan: a call before the steps that it brings, as a heading stands before its text.
import { scopeOf } from './scope-of.ts';

/** In a plan a call stands behind its steps, since it ends when they have. Everything else keeps its order. */
export function shownOrder<Step extends { readonly id: string; readonly kind: string }>(steps: readonly Step[]): readonly Step[] {
  const calls = new Set(steps.flatMap(({ id, kind }) => (kind === 'call' ? [id] : [])));
  const inScope = Map.groupBy(steps, ({ id }) => (calls.has(scopeOf(id)) ? scopeOf(id) : ''));
  const walk = (scope: string): readonly Step[] =>
    (inScope.get(scope) ?? []).flatMap((step) => (step.kind === 'call' ? [step, ...walk(step.id)] : [step]));
  return walk('');
}
