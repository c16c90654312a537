// Adds, copies, moves and removes steps of the list, as changes of the text.
import { stringify } from 'yaml';
import type { TextChange } from './edit-unit.ts';
import { type Outline, isRecord } from './outline-type.ts';

/** The text and what was read of it. */
export interface WrittenRunbook {
  readonly text: string;
  readonly outline: Outline;
}

/** The least that a new step of each kind needs, to be filled in. */
const STARTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  run: { run: 'true', on: '', timeout: '5m', estimate: '1m' },
  check: { check: 'true', on: '', timeout: '30s' },
  wait: { wait: { run: 'true', every: '2s', timeout: '5m' }, on: '' },
  http: { http: { method: 'GET', url: 'https://' }, timeout: '30s' },
  copy: { copy: { file: '', to: '/' }, on: '', timeout: '1m' },
  confirm: { confirm: { instruction: '', expected: '5m' } },
  approve: { approve: { role: 'coordinator' } },
  sleep: { sleep: '1m' },
  call: { call: '' },
  notify: { notify: { channel: 'drill', message: '' } },
};

/** After the step at `index`; -1 puts it first. `on` is the target that it takes when it needs one. */
export function addStep(written: WrittenRunbook, step: { index: number; kind: string; title: string; on: string }): TextChange {
  const { index, kind, title, on } = step;
  const body = { ...STARTS[kind] };
  if ('on' in body) body['on'] = on;
  return insertStep(written, index, { id: freeId(written.outline, kind), title, ...body });
}

export function copyStep({ text, outline }: WrittenRunbook, index: number): TextChange | null {
  const step = outline.steps[index];
  if (step === undefined) return null;
  const block = closed(text.slice(step.unit.from, step.unit.to));
  const id = typeof step.value['id'] === 'string' ? step.value['id'] : 'step';
  const written = block.replace(/(\bid\s*:\s*)(['"]?)[^\s,'"}]+\2/, `$1${freeId(outline, id)}`);
  return insertAt(text, step.to, written);
}

export function removeStep(outline: Outline, index: number): TextChange | null {
  const step = outline.steps[index];
  return step === undefined ? null : { from: step.from, to: step.to, insert: '' };
}

/** To the place of another step; the ones between move up or down. */
export function moveStep({ text, outline }: WrittenRunbook, index: number, to: number): TextChange | null {
  const low = Math.min(index, to);
  const high = Math.max(index, to);
  const [first, last] = [outline.steps[low], outline.steps[high]];
  if (index === to || first === undefined || last === undefined) return null;
  const blocks = outline.steps.slice(low, high + 1).map((step) => closed(text.slice(step.from, step.to)));
  const moved = index < to ? [...blocks.slice(1), blocks[0] ?? ''] : [blocks.at(-1) ?? '', ...blocks.slice(0, -1)];
  return { from: first.from, to: last.to, insert: moved.join('') };
}

function insertStep({ text, outline }: WrittenRunbook, index: number, value: Readonly<Record<string, unknown>>): TextChange {
  const sample = outline.steps[0];
  const margin = sample === undefined ? '  ' : text.slice(sample.unit.from, sample.unit.from + sample.unit.indent).replace(/-.*$/, '');
  const block = stringify([value], { lineWidth: 0, singleQuote: true })
    .trimEnd()
    .split('\n')
    .map((line) => margin + line)
    .join('\n')
    .concat('\n');
  const after = outline.steps[index];
  if (after !== undefined) return insertAt(text, after.to, block);
  if (sample !== undefined) return insertAt(text, sample.from, block);
  const steps = outline.head.get('steps');
  if (steps !== undefined) return { from: steps.unit.from, to: steps.unit.to, insert: `steps:\n${block}` };
  return insertAt(text, text.length, `steps:\n${block}`);
}

function insertAt(text: string, at: number, block: string): TextChange {
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return { from: at, to: at, insert: isOpen ? `\n${block}` : block };
}

function closed(block: string): string {
  return block.endsWith('\n') ? block : `${block}\n`;
}

function freeId(outline: Outline, wanted: string): string {
  const taken = new Set(outline.steps.map(({ value }) => value['id']));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, '');
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

/** The kind key that a step has, or null. */
export function kindOf(value: unknown, kinds: readonly string[]): string | null {
  return isRecord(value) ? (kinds.find((kind) => Object.hasOwn(value, kind)) ?? null) : null;
}
