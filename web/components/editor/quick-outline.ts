// Reads a runbook part by part and remembers the parts, so that after a change only the step that was changed is read again.
import { isMap, isSeq, parseDocument } from 'yaml';
import { type Lines, linesOf, withRemarks, withoutBlankEnd } from './outline-lines.ts';
import { type Outline, type OutlineStep, isRecord } from './outline-type.ts';
import { plain } from './plain-yaml.ts';

/** A key of the head as people write it: at the first column, with a colon behind. Anything else there is read as a whole. */
const HEAD_KEY = /^([A-Za-z][\w-]*):(?=\s|$)/;
const STEPS = /^steps:\s*(#.*)?$/;
const DASH = /^ *-(?=\s|$)/;
const CONTENT = /^( *- +)[^\s#]/;

/** Values by the text they were read from: those of the last reading, whichever text it was of. */
let known: ReadonlyMap<string, unknown> = new Map();

/** Null when the text is not written key by key and step by step, or has mistakes. */
export function quickOutline(text: string): Outline | null {
  const lines = linesOf(text);
  const sections = sectionsOf(lines);
  if (sections === null) return null;
  const seen = new Map<string, unknown>();
  const read = (part: string): unknown => {
    const value = seen.get(part) ?? known.get(part) ?? valueOf(part);
    seen.set(part, value);
    return value;
  };
  const outline = assemble(lines, sections, read);
  known = seen;
  return outline;
}

type Read = (part: string) => unknown;

interface Section {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

/** What was not read, so that it differs from every value. */
const UNREAD = Symbol('unread');

function valueOf(part: string): unknown {
  const document = parseDocument(part, { version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const { contents, errors, warnings } = document;
  if (errors.length > 0 || warnings.length > 0 || (!isMap(contents) && !isSeq(contents))) return UNREAD;
  return plain(contents);
}

function sectionsOf(lines: Lines): readonly Section[] | null {
  const begins: { key: string; from: number }[] = [];
  for (const from of lines.starts) {
    const first = lines.text[from];
    if (first === undefined || first === ' ' || first === '\n' || first === '\r' || first === '#') continue;
    const line = lineAt(lines.text, from);
    const key = HEAD_KEY.exec(line)?.[1];
    if (key !== undefined) begins.push({ key, from });
    else if (begins.at(-1)?.key !== 'steps' || !DASH.test(line)) return null;
  }
  const before = lines.text.slice(0, begins[0]?.from ?? lines.text.length);
  if (begins.length === 0 || /^\s*[^\s#]/m.test(before)) return null;
  if (new Set(begins.map(({ key }) => key)).size !== begins.length) return null;
  return begins.map(({ key, from }, index) => {
    const next = begins[index + 1]?.from;
    return { key, from, to: next === undefined ? lines.text.length : withRemarks(lines, next, from) };
  });
}

function assemble(lines: Lines, sections: readonly Section[], read: Read): Outline | null {
  const head = new Map<string, { value: unknown; unit: OutlineStep['unit'] }>();
  let steps: readonly OutlineStep[] = [];
  for (const section of sections) {
    const { key, from, to } = section;
    const end = withoutBlankEnd(lines.text, from, to);
    const unit = { from, to: end, indent: 0, isListItem: false };
    if (key === 'steps') {
      const found = stepsOf(lines, { ...section, to: end }, read);
      if (found === null) return null;
      steps = found;
      head.set(key, { value: found.map(({ value }) => value), unit });
    } else {
      const value = read(lines.text.slice(from, end));
      if (!isRecord(value)) return null;
      head.set(key, { value: value[key], unit });
    }
  }
  return { head, steps, isListEditable: true, isReadable: true };
}

function stepsOf(lines: Lines, { from, to }: Section, read: Read): readonly OutlineStep[] | null {
  const { text, starts } = lines;
  if (!STEPS.test(lineAt(text, from))) return null;
  const inside = starts.filter((start) => start > from && start < to);
  const written = inside.filter((start) => /^\s*[^\s#]/.test(lineAt(text, start)));
  const column = written[0] === undefined ? 0 : indentAt(text, written[0]);
  if (written.length === 0 || written.some((start) => indentAt(text, start) < column)) return null;
  const begins = written.filter((start) => indentAt(text, start) === column);
  if (begins[0] !== written[0]) return null;
  const froms = begins.map((begin, index) => (index === 0 ? begin : withRemarks(lines, begin, begins[index - 1] ?? 0)));
  const steps: OutlineStep[] = [];
  for (const [index, begin] of begins.entries()) {
    const end = froms[index + 1] ?? to;
    const unitEnd = withoutBlankEnd(text, begin, end);
    const opening = CONTENT.exec(lineAt(text, begin))?.[1];
    const value = read(text.slice(begin, unitEnd));
    if (opening === undefined || !Array.isArray(value) || value.length !== 1) return null;
    const unit = { from: begin, to: unitEnd, indent: opening.length, isListItem: true };
    const step: unknown = value[0];
    steps.push({ value: isRecord(step) ? step : {}, unit, from: froms[index] ?? begin, to: end });
  }
  return steps;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

function indentAt(text: string, start: number): number {
  const line = lineAt(text, start);
  return line.length - line.trimStart().length;
}
