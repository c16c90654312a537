// Every target that a step or the canary names exists.
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

export function targetsRule(context: RuleContext): readonly Finding[] {
  const { raw } = context;
  const targets = Object.keys(raw.targets ?? {});
  const known = new Set(targets);
  const otherwise = targets.length === 0 ? 'Name its hosts under `targets`.' : `The targets are ${inWords(targets, 'and')}.`;
  const uses: { readonly on: string; readonly path: Path; readonly by: string }[] = [];
  for (const { written, path, by } of bodiesOf(context)) {
    if (written.on !== undefined) uses.push({ on: written.on, path: [...path, 'on'], by });
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
