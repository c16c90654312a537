// The order in which the keys of a runbook stand in its canonical layout; what keys there are is the language's own definition.
import { ALL_KINDS } from '../../domain/runbook/schema/kinds/all-kinds.ts';
import { runbookSchema } from '../../domain/runbook/schema/language.ts';

/** What the step is, before what it does. */
const FIRST = ['id', 'title', 'phase', 'needs', 'when'];
/** What is planned and remarked, after what it does. */
const LAST = ['estimate', 'onFailure', 'always', 'optional', 'drill', 'tags', 'note'];

/** In the order of the reference. */
export function headOrder(): readonly string[] {
  const { properties } = runbookSchema();
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

/** For a step or a variant with these keys; the kind's own key comes first of all that belongs to it. */
export function stepOrder(keys: readonly string[]): readonly string[] {
  const kind = ALL_KINDS.find((definition) => keys.includes(definition.kind));
  const own = Object.keys(kind?.properties ?? {}).filter((key) => !FIRST.includes(key) && !LAST.includes(key));
  return [...FIRST, ...own, ...LAST];
}
