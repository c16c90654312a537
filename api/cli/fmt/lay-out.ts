// The canonical layout of a runbook's text: order of keys, two spaces, at most one blank line. Comments stay with what they are about.
import { Document, isCollection, isMap, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Scalar, ScalarTag, Tags, YAMLMap } from 'yaml';
import { stringTag, stringifyString } from 'yaml/util';
import { withUnixLineEnds } from '../../domain/runbook/source-text.ts';
import { headOrder, stepOrder } from './key-order.ts';

/** As wide as the shipped runbooks; what is longer is written over several lines. */
const WIDTH = 150;
/** Folded text is prose, and read as such. */
const PROSE_WIDTH = 120;
/** A layout settles in one pass, or two where brackets were opened up. */
const MOST_PASSES = 4;

/** The text must be one that the language reads. Laying out the result again changes nothing. */
export function layOut(text: string): string {
  let before = withUnixLineEnds(text);
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const after = onePass(before);
    if (after === before) break;
    before = after;
  }
  return before;
}

/** Commands are never folded: a line of a command stays a line. */
const TEXT: ScalarTag = {
  ...stringTag,
  stringify: (item, context, ...told) => {
    const lineWidth = item.type === 'BLOCK_FOLDED' ? PROSE_WIDTH : 0;
    return stringifyString(item, { ...context, options: { ...context.options, lineWidth } }, ...told);
  },
};

const customTags = (tags: Tags): Tags => tags.map((tag) => (tag === stringTag ? TEXT : tag));

/** Lists stand close in their brackets, maps do not; the library knows one padding for both. */
function padBrackets(document: Document.Parsed): void {
  visit(document, {
    Collection(_, node) {
      const flowCollectionPadding = isMap(node) ? ' ' : '';
      const print = node.toString.bind(node);
      node.toString = (context, ...told) => print(context === undefined ? undefined : { ...context, flowCollectionPadding }, ...told);
    },
  });
}

function onePass(text: string): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, customTags });
  const root: unknown = document.contents;
  if (isMap(root)) {
    sortKeys(root, headOrder());
    const steps: unknown = root.get('steps');
    if (isSeq(steps)) for (const step of steps.items) if (isMap(step)) sortStep(step);
  }
  padBrackets(document);
  openLongBrackets(document);
  return document.toString({ indent: 2, lineWidth: 0, indentSeq: true });
}

function sortStep(step: YAMLMap): void {
  sortKeys(step, stepOrder(keysOf(step)));
  const variant: unknown = step.get('drill');
  if (isMap(variant)) sortKeys(variant, stepOrder(keysOf(variant)));
}

/** Keys that the order does not know stay behind the others, as they were. */
function sortKeys(map: YAMLMap, order: readonly string[]): void {
  const rank = (key: unknown): number => {
    const at = isScalar(key) && typeof key.value === 'string' ? order.indexOf(key.value) : -1;
    return at < 0 ? order.length : at;
  };
  const [first] = map.items;
  map.items = map.items.toSorted((a, b) => rank(a.key) - rank(b.key));
  const [now] = map.items;
  if (first === now || !isScalar(first?.key) || !isScalar(now?.key)) return;
  // A blank line in front belonged to the place, not to the key.
  now.key.spaceBefore = false;
  stayOnTop(first.key, now.key);
}

/** Of the comments before the key that stood first, those with a blank line behind them are about the whole. */
function stayOnTop(was: Scalar, now: Scalar): void {
  const comment = was.commentBefore ?? '';
  const end = comment.lastIndexOf('\n\n');
  if (end < 0) return;
  was.commentBefore = comment.slice(end + 2);
  now.commentBefore = `${comment.slice(0, end)}\n${now.commentBefore ? `\n${now.commentBefore}` : ''}`;
}

function keysOf(map: YAMLMap): readonly string[] {
  return map.items.flatMap(({ key }) => (isScalar(key) && typeof key.value === 'string' ? [key.value] : []));
}

/** Brackets that hold a comment, or do not fit into a line, become lines of their own. */
function openLongBrackets(document: Document.Parsed): void {
  visit(document, {
    Collection(_, node, path) {
      if (node.flow !== true || path.some((around) => isCollection(around) && around.flow === true)) return;
      const depth = path.filter((around) => isCollection(around)).length;
      const pair = path.at(-1);
      const key = isPair(pair) && isScalar(pair.key) ? String(pair.key.value).length + 2 : 2;
      const line = new Document(node).toString({ lineWidth: 0 }).trimEnd();
      if (line.includes('\n') || 2 * depth + key + line.length > WIDTH) node.flow = false;
    },
  });
}
