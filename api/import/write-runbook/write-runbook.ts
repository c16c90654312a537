// Writes runbook.yaml as people do: keys in the order of the reference, long texts as blocks, short maps in one line, comments where they help.
import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import type { DraftRunbook, DraftStep } from './draft-runbook.ts';

/** Above this a map or list in one line is hard to read. */
const WIDEST_FLOW = 100;

const HEAD_ORDER = [
  'runbook',
  'title',
  'summary',
  'services',
  'scenario',
  'level',
  'owner',
  'review',
  'lock',
  'inputs',
  'targets',
  'defaults',
  'clocks',
  'canary',
];
const STEP_ORDER = [
  ['id', 'title', 'phase', 'needs', 'when', 'foreach'],
  ['run', 'check', 'wait', 'http', 'copy', 'confirm', 'approve', 'sleep', 'call', 'notify'],
  ['on', 'user', 'become', 'shell', 'env', 'batch', 'order', 'keepGoing', 'expect', 'capture', 'timeout', 'retry', 'estimate', 'onFailure'],
  ['readOnly', 'idempotent', 'undo', 'expires', 'pointOfNoReturn', 'always', 'optional', 'drill', 'tags', 'note'],
].flat();
/** Sections with a blank line above. */
const SPACED = new Set(['inputs', 'targets', 'defaults', 'clocks', 'canary', 'steps']);

/** The same draft gives the same text. */
export function writeRunbook(draft: DraftRunbook): string {
  const head = inOrder(withoutEmpty(draft.raw), HEAD_ORDER);
  const document = new Document({ ...head, steps: draft.steps.map(({ raw }) => inOrder(raw, STEP_ORDER)) }, { aliasDuplicateObjects: false });
  if (draft.opening.length > 0) document.commentBefore = commentOf(draft.opening);
  if (draft.closing.length > 0) document.comment = commentOf(draft.closing);
  if (!isMap(document.contents)) throw new Error('a runbook is a map');
  layOutHead(document.contents, draft);
  layOutSteps(document.contents.get('steps', true), draft.steps);
  visit(document, { Pair: (_, { key, value }) => layOutText(isScalar(key) ? String(key.value) : '', value) });
  return document.toString({ lineWidth: 0, blockQuote: 'literal', flowCollectionPadding: false, indentSeq: true });
}

function layOutHead(map: YAMLMap, { beside }: DraftRunbook): void {
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (isScalar(key) && SPACED.has(name)) key.spaceBefore = true;
    if (name !== 'steps' && isMap(value)) layOutMap(value, SPACED.has(name) ? 1 : 0);
    else if (isSeq(value) && name !== 'steps') value.flow = true;
    const comment = beside[name];
    if (comment === undefined) continue;
    if (isScalar(value) || (isSeq(value) && value.flow === true) || (isMap(value) && value.flow === true)) value.comment = ` ${oneLine(comment)}`;
    else if (isScalar(key)) key.commentBefore = ` ${oneLine(comment)}`;
  }
}

function layOutSteps(steps: unknown, drafts: readonly DraftStep[]): void {
  if (!isSeq(steps)) return;
  for (const [index, step] of steps.items.entries()) {
    const draft = drafts[index];
    if (!isMap(step) || draft === undefined) continue;
    layOutMap(step, 1);
    step.spaceBefore = index > 0;
    const lines = [...(draft.heading === undefined ? [] : [`---- ${oneLine(draft.heading)} ----`]), ...(draft.comment ?? [])];
    if (lines.length > 0) step.commentBefore = commentOf(lines);
  }
}

/** Maps and lists of short single values in one line; `open` levels stay as they are. */
function layOutMap(map: YAMLMap, open: number): void {
  for (const { value } of map.items) {
    if (isMap(value)) layOutMap(value, Math.max(0, open - 1));
    else if (isSeq(value) && isFlat(value)) value.flow = true;
  }
  if (open === 0 && isFlat(map)) map.flow = true;
}

function isFlat(node: Node): boolean {
  const text = JSON.stringify(node);
  return text.length <= WIDEST_FLOW && !text.includes(String.raw`\n`) && depthOf(node) <= 2;
}

function depthOf(node: unknown): number {
  if (isMap(node)) return 1 + Math.max(0, ...node.items.map(({ value }) => depthOf(value)));
  return isSeq(node) ? 1 + Math.max(0, ...node.items.map(depthOf)) : 0;
}

/** Texts in which a line end at the end means nothing. */
const PROSE: ReadonlySet<string> = new Set(['summary', 'confirm', 'instruction', 'note', 'evidence', 'run', 'check', 'message', 'undo']);

/** Text of several lines is a block, unless the block would not give it back. */
function layOutText(key: string, node: unknown): void {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.value.includes('\n')) return;
  node.type = Scalar.BLOCK_LITERAL;
  if (PROSE.has(key)) node.value = `${node.value.trimEnd()}\n`;
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '' : ` ${oneLine(line)}`)).join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function inOrder(map: object, order: readonly string[]): Readonly<Record<string, unknown>> {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.fromEntries(
    Object.entries(map)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => rank(a) - rank(b)),
  );
}

/** An empty section says nothing. */
function withoutEmpty(map: object): object {
  return Object.fromEntries(
    Object.entries(map).filter(
      ([, value]) => !(typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0),
    ),
  );
}
