// How a place in a runbook is called in a sentence.
import type { Path } from '../place.ts';

/** `` `timeout` of step `promote` ``, `` `inputs.change.type` ``, `step 3`, `The runbook`; `root` is the document. */
export function subjectOf(path: Path, root: unknown): string {
  if (path.length === 0) return 'The runbook';
  if (path[0] !== 'steps' || path.length === 1) return `\`${dotted(path)}\``;
  const step = stepName(path[1], root);
  return path.length === 2 ? `Step ${step}` : `\`${dotted(path.slice(2))}\` of step ${step}`;
}

function stepName(index: string | number | undefined, root: unknown): string {
  const step = Number(index);
  const id = valueAt(['steps', step, 'id'], root);
  return typeof id === 'string' && id !== '' ? `\`${id}\`` : String(step + 1);
}

/** What is written at the path, or undefined. Own keys only. */
export function valueAt(path: Path, root: unknown): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function dotted(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`)).join('');
}
