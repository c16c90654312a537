// Nodes of YAML as plain values.
import { type Pair, isMap, isScalar, isSeq } from 'yaml';

export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

export function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyOf(pair), plain(pair.value)]));
  return node ?? null;
}
