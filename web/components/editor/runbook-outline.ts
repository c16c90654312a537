// What the text of a runbook holds, as far as it can be read while somebody types.
import { type YAMLMap, type YAMLSeq, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type Lines, linesOf, startOfLine, withRemarks, withoutBlankEnd } from './outline-lines.ts';
import { type Outline, type OutlineStep, type Unit, isRecord } from './outline-type.ts';
import { keyOf, plain } from './plain-yaml.ts';
import { quickOutline } from './quick-outline.ts';

/** Part by part where the text is written as usual, which a long runbook needs while its form is in use; as a whole otherwise. */
export function readOutline(text: string): Outline {
  return quickOutline(text) ?? wholeOutline(text);
}

const UNREADABLE: Outline = { head: new Map(), steps: [], isListEditable: false, isReadable: false };

export function wholeOutline(text: string): Outline {
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

function offsetOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
}
