// Every target that a step or the canary names exists.
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import type { RuleContext } from './rule.ts';

export function targetsRule({ raw }: RuleContext): readonly Finding[] {
  const targets = Object.keys(raw.targets ?? {});
  const known = new Set(targets);
  const otherwise = targets.length === 0 ? 'Name its hosts under `targets`.' : `The targets are ${inWords(targets, 'and')}.`;
  const uses: { readonly on: string; readonly path: Path; readonly by: string }[] = [];
  for (const [index, step] of raw.steps.entries()) {
    if (step.on !== undefined) uses.push({ on: step.on, path: ['steps', index, 'on'], by: `Step \`${step.id}\`` });
  }
  for (const part of ['write', 'read'] as const) {
    if (raw.canary !== undefined) uses.push({ on: raw.canary[part].on, path: ['canary', part, 'on'], by: 'The canary' });
  }
  return uses
    .filter(({ on }) => !known.has(on))
    .map(({ on, path, by }) => ({
      code: 'unknown-target',
      path,
      message: `${by} runs on \`${on}\`, which is not among the targets.`,
      remedy: didYouMean(on, targets, otherwise),
    }));
}
