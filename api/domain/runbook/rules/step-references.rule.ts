// Every step id that `needs`, an undo, a clock or anything else names exists.
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { BodyAt } from './bodies.ts';
import { stepIds } from './rule.ts';
import type { RuleContext } from './rule.ts';

export function stepReferencesRule(context: RuleContext): readonly Finding[] {
  const ids = stepIds(context);
  const known = new Set(ids);
  return [...bodiesOf(context).flatMap(ofBody), ...ofHead(context)]
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

function ofBody({ written, path, of }: BodyAt): readonly Reference[] {
  const { needs = [], onFailure, undo, sleep } = written;
  const found = needs.map((id, at): Reference => ({ id, path: [...path, 'needs', at], by: `\`needs\` of ${of}` }));
  if (typeof onFailure === 'object') found.push({ id: onFailure.goto, path: [...path, 'onFailure', 'goto'], by: `\`onFailure\` of ${of}` });
  if (typeof undo === 'object' && undo.step !== undefined) found.push({ id: undo.step, path: [...path, 'undo', 'step'], by: `\`undo\` of ${of}` });
  if (typeof sleep === 'object') found.push({ id: sleep.since, path: [...path, 'sleep', 'since'], by: `\`sleep\` of ${of}` });
  return found;
}

function ofHead({ raw }: RuleContext): readonly Reference[] {
  const found: Reference[] = [];
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
