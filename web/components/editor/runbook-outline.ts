// What the text of a runbook holds, as far as it can be read while somebody types: values, steps, and where each of them stands.
import { type Pair, type YAMLMap, type YAMLSeq, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** A part of the text that is edited as one: a step of the list, or a key of the head with its value. Whole lines. */
export interface Unit {
  readonly from: number;
  /** After the last line that is not blank. */
  readonly to: number;
  /** Column at which its content begins. */
  readonly indent: number;
  readonly isListItem: boolean;
}

export interface OutlineStep {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unit: Unit;
  /** With the remarks above it and the blank lines below: what moves with it. */
  readonly from: number;
  readonly to: number;
}

export interface Outline {
  /** Keys of the head in the order of the text, `steps` among them. */
  readonly head: ReadonlyMap<string, { readonly value: unknown; readonly unit: Unit }>;
  readonly steps: readonly OutlineStep[];
  /** False when the steps are written as `[…]` or are no list: then only the text can be edited. */
  readonly isListEditable: boolean;
  /** False while the text is no YAML with keys. */
  readonly isReadable: boolean;
}

const UNREADABLE: Outline = { head: new Map(), steps: [], isListEditable: false, isReadable: false };

export function readOutline(text: string): Outline {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const { contents } = document;
  if (document.errors.length > 0) return UNREADABLE;
  if (contents === null) return { ...UNREADABLE, isReadable: true, isListEditable: true };
  if (!isMap(contents) || contents.flow === true) return UNREADABLE;
  const lines = linesOf(text);
  const head = headOf(contents, lines, text.length);
  const list = contents.items.find((pair) => keyOf(pair) === 'steps')?.value;
  const steps = isSeq(list) && list.flow !== true ? stepsOf(list, lines, head.get('steps')?.unit.to ?? text.length) : [];
  const isListEditable =
    list === undefined ||
    list === null ||
    (isScalar(list) && list.value === null) ||
    (isSeq(list) && (list.flow !== true || list.items.length === 0));
  return { head, steps, isListEditable, isReadable: true };
}

/** Offsets at which lines begin, and what is in them. */
interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts };
}

function headOf(map: YAMLMap, lines: Lines, end: number): Outline['head'] {
  const begins = map.items.map((pair) => offsetOf(pair.key));
  const head = new Map<string, { value: unknown; unit: Unit }>();
  for (const [index, pair] of map.items.entries()) {
    const from = startOfLine(lines, begins[index] ?? 0);
    const next = begins[index + 1];
    const to = next === undefined ? end : withRemarks(lines, startOfLine(lines, next), from);
    const unit = { from, to: withoutBlankEnd(lines.text, from, to), indent: 0, isListItem: false };
    head.set(keyOf(pair), { value: plain(pair.value), unit });
  }
  return head;
}

function stepsOf(list: YAMLSeq, lines: Lines, end: number): readonly OutlineStep[] {
  const begins = list.items.map((item) => offsetOf(item));
  const froms = begins.map((begin, index) => {
    const line = startOfLine(lines, begin);
    return index === 0 ? line : withRemarks(lines, line, begins[index - 1] ?? 0);
  });
  return list.items.map((item, index): OutlineStep => {
    const begin = begins[index] ?? 0;
    const line = startOfLine(lines, begin);
    const to = froms[index + 1] ?? end;
    const value = plain(item);
    const unit = { from: line, to: withoutBlankEnd(lines.text, line, to), indent: begin - line, isListItem: true };
    return { value: isRecord(value) ? value : {}, unit, from: froms[index] ?? line, to };
  });
}

/** The first line of the remarks that stand right above a line; not above `floor`. */
function withRemarks({ text, starts }: Lines, line: number, floor: number): number {
  let from = line;
  for (let index = lineIndex(starts, line) - 1; index > 0 && (starts[index] ?? 0) > floor; index -= 1) {
    const start = starts[index] ?? 0;
    if (!/^\s*#/.test(text.slice(start, starts[index + 1]))) break;
    from = start;
  }
  return from;
}

function startOfLine({ starts }: Lines, offset: number): number {
  return starts[lineIndex(starts, offset)] ?? 0;
}

/** By halves: a long runbook has thousands of lines. */
function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function withoutBlankEnd(text: string, from: number, to: number): number {
  const body = text.slice(from, to).trimEnd();
  return Math.min(to, from + body.length + 1, text.length);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function offsetOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
}

function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(plain);
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [keyOf(pair), plain(pair.value)]));
  return node ?? null;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
