// No step needs itself by way of others, in earnest or in a rehearsal.
import { stronglyConnected } from '../../catalogue/circles.ts';
import type { Finding } from '../place.ts';
import type { RawStep } from '../raw-runbook.ts';
import { explicitNeeds, needsByIndex } from '../step-order.ts';
import { rehearsedSteps } from '../variant.ts';
import { stepIds } from './rule.ts';
import type { RuleContext } from './rule.ts';

export function cyclesRule(context: RuleContext): readonly Finding[] {
  const { raw } = context;
  // Where two steps share an id it is not clear which one is needed; that is told by another rule.
  if (new Set(stepIds(context)).size < raw.steps.length) return [];
  const inEarnest = circlesOf(raw.steps, 'Steps need each other in a circle');
  if (inEarnest.length > 0 || raw.steps.every(({ drill }) => typeof drill !== 'object')) return inEarnest;
  return circlesOf(rehearsedSteps(raw), 'In a rehearsal, steps need each other in a circle').map((finding) => {
    const [, index] = finding.path;
    return typeof index === 'number' && typeof raw.steps[index]?.drill === 'object'
      ? { ...finding, path: ['steps', index, 'drill', 'needs'] }
      : finding;
  });
}

function circlesOf(steps: readonly RawStep[], said: string): readonly Finding[] {
  const needs = explicitNeeds(steps);
  const edges = needsByIndex(steps.map((step, index) => ({ id: step.id, needs: needs[index] ?? [] })));
  return stronglyConnected(edges).flatMap((group): Finding[] => {
    const circle = circleIn(edges, group);
    const [first] = circle;
    if (first === undefined) return [];
    const names = [...circle, first].map((index) => `\`${steps[index]?.id ?? ''}\``);
    const path = ['steps', first, ...(steps[first]?.needs === undefined ? ['id'] : ['needs'])];
    return [{ code: 'cycle', path, message: `${said}: ${names.join(' needs ')}.`, remedy: 'Take one of them out of `needs`.' }];
  });
}

/** One circle through the group's first node, as short as can be (breadth first); empty when there is none. */
function circleIn(edges: readonly (readonly number[])[], group: readonly number[]): readonly number[] {
  const [start] = group;
  if (start === undefined) return [];
  const inside = new Set(group);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const next of edges[node] ?? []) {
      if (next === start) return wayTo(node, cameFrom);
      if (!inside.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return [];
}

function wayTo(end: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const way: number[] = [];
  for (let node: number | undefined = end; node !== undefined; node = cameFrom.get(node)) way.push(node);
  return way.toReversed();
}
