// Every step id that `needs`, a clock or the canary names exists.
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import { stepIds } from './rule.ts';
import type { RuleContext } from './rule.ts';

export function stepReferencesRule(context: RuleContext): readonly Finding[] {
  const ids = stepIds(context);
  const known = new Set(ids);
  return references(context)
    .filter(({ id }) => !known.has(id))
    .map(({ id, path, by }) => ({
      code: 'unknown-step',
      path,
      message: `${by} names the step \`${id}\`, which does not exist.`,
      remedy: didYouMean(id, ids, `The steps are ${inWords(ids, 'and')}.`),
    }));
}

interface Reference {
  readonly id: string;
  readonly path: Path;
  /** Who names it, as a sentence begins. */
  readonly by: string;
}

function references({ raw }: RuleContext): readonly Reference[] {
  const found: Reference[] = [];
  for (const [index, step] of raw.steps.entries()) {
    for (const [at, id] of (step.needs ?? []).entries())
      found.push({ id, path: ['steps', index, 'needs', at], by: `\`needs\` of step \`${step.id}\`` });
  }
  for (const [name, clock] of Object.entries(raw.clocks ?? {})) {
    if (clock.from !== undefined) found.push({ id: clock.from, path: ['clocks', name, 'from'], by: `The clock \`${name}\`` });
    found.push({ id: clock.to, path: ['clocks', name, 'to'], by: `The clock \`${name}\`` });
  }
  if (raw.canary !== undefined) {
    found.push({ id: raw.canary.until, path: ['canary', 'until'], by: 'The canary' });
    if (raw.canary.readAfter !== undefined) found.push({ id: raw.canary.readAfter, path: ['canary', 'readAfter'], by: 'The canary' });
  }
  return found;
}
