// How a value lies in the text of a YAML file: what an edit must know that leaves everything around it alone.
import { isCollection, isNode, isScalar, isSeq } from 'yaml';
import type { Layout, Place } from './place.ts';

/** A node of the document with the key it stands under and the map or list around it. */
export interface Found {
  readonly around: unknown;
  readonly key: unknown;
  readonly node: unknown;
}

/** `placeOf` turns an offset in the text into a place. Null when nothing is written there. */
export function layoutOf({ around, key, node }: Found, text: string, placeOf: (offset: number) => Place): Layout | null {
  const value = isNode(node) ? node.range : null;
  if (!value || !isNode(node) || !isCollection(around)) return null;
  const end = withoutSpace(text, value[0], value[1]);
  const lineEnd = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const keyRange = isNode(key) ? key.range : null;
  return {
    key: keyRange ? { from: placeOf(keyRange[0]), to: placeOf(keyRange[1]) } : null,
    value: { from: placeOf(value[0]), to: placeOf(end) },
    around: around.flow === true ? 'flow' : 'block',
    form: formOf(node),
    written: text.slice(value[0], end),
    isOnly: around.items.length === 1,
    tail: text.slice(end, lineEnd),
    lineEnd: placeOf(lineEnd),
  };
}

function formOf(node: unknown): Layout['form'] {
  if (isScalar(node)) return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? 'block-text' : 'text';
  return isSeq(node) ? 'list' : 'map';
}

/** Collections and texts of several lines end with the blank lines behind them. */
function withoutSpace(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}
