// People: are owner and deputy named (half), and can more than one person do each manual step (half)?
import { compareKeys } from '../../catalogue/key-order.ts';
import type { ServiceFacts } from '../facts.ts';
import { listOf } from '../phrase.ts';
import type { ComponentRule } from './component.ts';

export const NAMED_HALF = 0.5;
export const SHARED_HALF = 0.5;

/** How many drills back the doing of manual steps is looked at. */
const DRILLS_LOOKED_AT = 3;

export const peopleComponent: ComponentRule = {
  code: 'people',
  judge(facts) {
    const lone = singlePersonSteps(facts);
    const drills = recentDrills(facts).map((drill) => drill.id);
    const named = isNamed(facts);
    const texts = [namedText(facts), stepsText(facts)];
    const isShared = drills.length > 0 && lone.length === 0;
    return {
      share: (named ? NAMED_HALF : 0) + (isShared ? SHARED_HALF : 0),
      state: stateOf({ named, isShared, hasDrills: drills.length > 0 }),
      reason: `${texts.join('; ')}.`,
      evidence: drills,
      action: actionFor(facts, named),
    };
  },
};

export function isNamed(facts: ServiceFacts): boolean {
  return facts.service.owner !== null && facts.service.deputy !== null;
}

export interface SinglePersonStep {
  readonly runbook: string;
  readonly step: string;
  readonly title: string;
  readonly person: string;
}

/** Manual steps that one and the same person did each time in the last three drills of the service, in order. */
export function singlePersonSteps(facts: ServiceFacts): readonly SinglePersonStep[] {
  const doers = new Map<string, { readonly runbook: string; readonly step: string; readonly title: string; readonly people: Set<string> }>();
  for (const drill of recentDrills(facts)) {
    for (const { step, title, people } of drill.manualSteps) {
      const id = JSON.stringify([drill.runbook, step]);
      const known = doers.get(id) ?? { runbook: drill.runbook, step, title, people: new Set<string>() };
      for (const person of people) known.people.add(person);
      doers.set(id, known);
    }
  }
  return [...doers.values()]
    .flatMap(({ runbook, step, title, people }) => (people.size === 1 ? [...people].map((person) => ({ runbook, step, title, person })) : []))
    .toSorted((a, b) => compareKeys(a.runbook, b.runbook) || compareKeys(a.step, b.step));
}

export function recentDrills(facts: ServiceFacts): ServiceFacts['drills'] {
  return facts.drills.slice(0, DRILLS_LOOKED_AT);
}

function stateOf(seen: { readonly named: boolean; readonly isShared: boolean; readonly hasDrills: boolean }): 'proven' | 'failed' | 'unproven' {
  if (seen.named && seen.isShared) return 'proven';
  return seen.hasDrills ? 'failed' : 'unproven';
}

function namedText(facts: ServiceFacts): string {
  const { owner, deputy } = facts.service;
  if (owner === null) return deputy === null ? 'Neither owner nor deputy is named' : 'No owner is named';
  return deputy === null ? 'No deputy is named' : 'Owner and deputy are named';
}

function stepsText(facts: ServiceFacts): string {
  const lone = singlePersonSteps(facts);
  if (lone.length > 0) return `only one person ever did ${listOf(lone.map((step) => `“${step.title}” (${step.person})`))}`;
  return recentDrills(facts).length === 0 ? 'no drill shows who can do the manual steps' : 'no manual step hangs on one person';
}

function actionFor(facts: ServiceFacts, named: boolean): string | null {
  if (!named) return `Name ${facts.service.owner === null ? 'an owner' : 'a deputy'} for ${facts.service.name}.`;
  const [lone] = singlePersonSteps(facts);
  if (lone !== undefined) return `Let somebody other than ${lone.person} do “${lone.title}” in the next drill.`;
  return recentDrills(facts).length === 0 ? 'Run a drill, to see who can do the manual steps.' : null;
}
