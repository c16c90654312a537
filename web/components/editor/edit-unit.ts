// Changes one value of a step or of the head and leaves the rest of the text as it was written, remarks and quotes included.
import { Document, Scalar, isCollection, isScalar, parseDocument, stringify } from 'yaml';
import type { Outline, Unit } from './outline-type.ts';

export type Path = readonly (string | number)[];

/** A change of the text: what stands from `from` to `to` gives way to `insert`. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A value to be written at a path of the unit. */
export interface Edit {
  readonly path: Path;
  readonly value: unknown;
}

/** No value: the key goes. */
export const GONE = Symbol('gone');

const WRITES = { lineWidth: 0, singleQuote: true } as const;

/** Sets what stands at `path` within the unit; `GONE` takes it away, and maps that become empty with it. */
export function editUnit(text: string, unit: Unit, edit: Edit): TextChange {
  const body = dedented(text.slice(unit.from, unit.to), unit);
  const document = parseDocument(body, { version: '1.2' });
  const written = { body, unit, text };
  return scalarChange(document, written, edit) ?? rewritten(document, written, edit);
}

/** Sets a key of the head: where it stands, or at its place among the others. `order` are the keys of the language. */
export function editHead(text: string, outline: Outline, edit: { path: Path; value: unknown; order: readonly string[] }): TextChange | null {
  const { path, value, order } = edit;
  const [key] = path;
  if (typeof key !== 'string') return null;
  const known = outline.head.get(key);
  if (known !== undefined) {
    if (value === GONE && path.length === 1) return { from: known.unit.from, to: known.unit.to, insert: '' };
    return editUnit(text, known.unit, { path, value });
  }
  if (value === GONE) return null;
  const document = new Document({});
  document.setIn(path, value);
  const insert = document.toString(WRITES);
  const before = order.slice(0, order.indexOf(key)).findLast((name) => outline.head.has(name));
  const at = before === undefined ? 0 : (outline.head.get(before)?.unit.to ?? 0);
  const needsBreak = at > 0 && text[at - 1] !== '\n';
  return { from: at, to: at, insert: needsBreak ? `\n${insert}` : insert };
}

interface Written {
  readonly body: string;
  readonly unit: Unit;
  readonly text: string;
}

/** One word or line in place of another: only that is touched. Null where more has to be written anew. */
function scalarChange(document: Document.Parsed, written: Written, { path, value }: Edit): TextChange | null {
  const { body } = written;
  if (value === GONE || isMultiLine(value) || (typeof value === 'object' && value !== null)) return null;
  const node = document.getIn(path, true);
  if (!isScalar(node) || isBlock(node) || node.range == null || isInFlow(document, path)) return null;
  const [from, to] = node.range;
  if (from === to || body.slice(from, to).includes('\n')) return null;
  const quoted = new Scalar(value);
  if (typeof value === 'string' && node.type !== undefined && node.type !== 'PLAIN') quoted.type = node.type;
  const insert = new Document(quoted).toString(WRITES).trimEnd();
  return { from: offsetIn(written, from), to: offsetIn(written, to), insert };
}

function rewritten(document: Document.Parsed, { body, unit, text }: Written, { path, value }: Edit): TextChange {
  if (value === GONE) remove(document, path);
  else document.setIn(path, nodeOf(document, value));
  const isPadded = !/\{\S/.test(body);
  const written = document.toString({ ...WRITES, flowCollectionPadding: isPadded, indentSeq: !/^(\s*)[\w-]+:\n\1- /m.test(body) });
  return { from: unit.from, to: unit.to, insert: indented(written, unit, text.slice(unit.from, unit.from + unit.indent)) };
}

/** Short lists stay on their line, as people write them. */
function nodeOf(document: Document.Parsed, value: unknown): unknown {
  const isShortList = Array.isArray(value) && value.every((item) => typeof item !== 'object') && value.join(', ').length < 100;
  return isShortList ? document.createNode(value, { flow: true }) : document.createNode(value);
}

function remove(document: Document.Parsed, path: Path): void {
  document.deleteIn(path);
  for (let length = path.length - 1; length > 0; length -= 1) {
    const around = document.getIn(path.slice(0, length), true);
    if (!isCollection(around) || around.items.length > 0) return;
    document.deleteIn(path.slice(0, length));
  }
}

function isBlock(node: Scalar): boolean {
  return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL';
}

function isMultiLine(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\n');
}

function isInFlow(document: Document.Parsed, path: Path): boolean {
  return path.some((_, index) => {
    const around = index === 0 ? document.contents : document.getIn(path.slice(0, index), true);
    return isCollection(around) && around.flow === true;
  });
}

/** The content of the unit as a text of its own. */
function dedented(lines: string, { indent, isListItem }: Unit): string {
  if (indent === 0) return lines;
  return lines
    .split('\n')
    .map((line, index) => (index === 0 && isListItem ? line.slice(indent) : line.slice(Math.min(indent, line.length - line.trimStart().length))))
    .join('\n');
}

/** Back to where it stood; the first line keeps its dash. */
function indented(written: string, { indent, isListItem }: Unit, opening: string): string {
  if (indent === 0) return written;
  const margin = ' '.repeat(indent);
  return written
    .trimEnd()
    .split('\n')
    .map((line, index) => (index === 0 && isListItem ? opening + line : line === '' ? line : margin + line))
    .join('\n')
    .concat('\n');
}

/** Where an offset of the dedented text stands in the whole one. */
function offsetIn({ text, body, unit }: Written, offset: number): number {
  const row = body.slice(0, offset).split('\n').length - 1;
  const column = offset - (body.lastIndexOf('\n', offset - 1) + 1);
  let start = unit.from;
  for (let index = 0; index < row; index += 1) start = text.indexOf('\n', start) + 1;
  const bodyLine = body.split('\n')[row] ?? '';
  const line = text.slice(start, endOfLine(text, start));
  return start + (line.length - bodyLine.length) + column;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

/** A value as YAML text, for fields that are edited as such. */
export function asYaml(value: unknown): string {
  return value === undefined ? '' : stringify(value, WRITES).trimEnd();
}
