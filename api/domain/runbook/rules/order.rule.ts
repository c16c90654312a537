// What looks ahead or back does so along the needs: a failure goes on only at a later step, a sleep counts from an earlier one.
import type { Finding } from '../place.ts';
import type { RawStep } from '../raw-runbook.ts';
import { ancestorsOf, explicitNeeds } from '../step-order.ts';
import { rehearsedSteps } from '../variant.ts';
import { bodiesOf } from './bodies.ts';
import { stepIds } from './rule.ts';
import type { RuleContext } from './rule.ts';

export function orderRule(context: RuleContext): readonly Finding[] {
  const known = new Set(stepIds(context));
  // Where two steps share an id it is not clear which one is meant; that is told by another rule.
  if (known.size < context.raw.steps.length) return [];
  const graphs = { inEarnest: needing(context.raw.steps), rehearsed: needing(rehearsedSteps(context.raw)) };
  return bodiesOf(context).flatMap(({ step, path, by, isVariant }): readonly Finding[] => {
    const graph = isVariant ? graphs.rehearsed : graphs.inEarnest;
    const findings: Finding[] = [];
    const { onFailure, sleep } = step;
    if (typeof onFailure === 'object' && known.has(onFailure.goto) && !ancestorsOf(graph, onFailure.goto).has(step.id)) {
      const message = `${by} goes on at \`${onFailure.goto}\`, which does not need it.`;
      const remedy = `Name a step that needs \`${step.id}\`, directly or by way of others.`;
      findings.push({ code: 'goto-not-forward', path: [...path, 'onFailure', 'goto'], message, remedy });
    }
    if (typeof sleep === 'object' && known.has(sleep.since) && !ancestorsOf(graph, step.id).has(sleep.since)) {
      const message = `${by} counts from the end of \`${sleep.since}\`, which need not have ended by then.`;
      findings.push({ code: 'since-not-before', path: [...path, 'sleep', 'since'], message, remedy: `Make it need \`${sleep.since}\`.` });
    }
    return findings;
  });
}

interface Needing {
  readonly id: string;
  readonly needs: readonly string[];
}

function needing(steps: readonly RawStep[]): readonly Needing[] {
  const needs = explicitNeeds(steps);
  return steps.map(({ id }, index) => ({ id, needs: needs[index] ?? [] }));
}
