// Completion and explanation in the text: keys, words and names that fit where the cursor stands.
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { type Tooltip, hoverTooltip } from '@codemirror/view';
import { cursorPlace } from './cursor-place.ts';
import { type Schema, type Shape, childOf, choicesOf, keysOf, requiredKeys, shapeAt, typesOf } from './language-schema.ts';
import { type Outline, isRecord } from './outline-type.ts';
import { type CompanyNames, namesFor, wordsOf } from './runbook-words.ts';

export interface Knowledge {
  readonly schema: Schema | null;
  /** Of the text as it was last readable. */
  readonly outline: Outline;
  readonly company: CompanyNames;
}

/** A name in a text that a value is filled into, or in shell text. */
const VARIABLE = /\$\{?[a-z0-9_]*$/;

/** Asks for what is known at each time: it changes while people type. */
export function completeRunbook(knowledge: () => Knowledge): CompletionSource {
  return (context) => completionsAt(context, knowledge());
}

function completionsAt(context: CompletionContext, { schema, outline, company }: Knowledge): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = cursorPlace(text, context.pos);
  const variable = VARIABLE.exec(text.slice(Math.max(0, context.pos - 100), context.pos));
  const words = wordsOf(outline);
  if (variable !== null && place.writes !== 'key') {
    const names = [...words.inputs, ...words.captures];
    const isBraced = variable[0].startsWith('${');
    const from = context.pos - variable[0].length + (isBraced ? 2 : 1);
    return { from, options: names.map((label) => ({ label, type: 'variable' })), validFor: /^[a-z0-9_]*$/ };
  }
  if (schema === null || place.writes === 'text') return null;
  if (!context.explicit && place.typed === '' && place.writes === 'key' && !place.isInFlow) return null;
  const value = valueOf(outline);
  if (place.writes === 'key') {
    const around = shapeAt(schema, place.path, value);
    return { from: place.from, options: keyOptions(schema, around, valueAt(value, place.path)), validFor: /^[\w-]*$/ };
  }
  const names = namesFor(place.path, words, company);
  const titles = new Map(words.steps.map(({ id, title }) => [id, title]));
  const options = names?.map((label): Completion => ({ label, type: 'constant', ...(titles.has(label) ? { detail: titles.get(label) ?? '' } : {}) }));
  return { from: place.from, options: options ?? wordOptions(shapeAt(schema, place.path, value)), validFor: /^[\w.-]*$/ };
}

function keyOptions(schema: Schema, around: Shape, present: unknown): readonly Completion[] {
  const required = requiredKeys(around);
  return [...keysOf(schema, around)].map(([label, shape]): Completion => {
    const isThere = isRecord(present) && Object.hasOwn(present, label);
    return {
      label,
      type: 'property',
      apply: `${label}: `,
      boost: (required.has(label) ? 10 : 0) - (isThere ? 50 : 0),
      ...(shape.description === null ? {} : { info: shape.description }),
    };
  });
}

function wordOptions(shape: Shape): readonly Completion[] {
  const words = choicesOf(shape);
  const isFlag = typesOf(shape).has('boolean');
  return [...words, ...(isFlag ? ['true', 'false'] : [])].map((label) => ({ label, type: 'enum' }));
}

/** Says what a key means when the pointer rests on it. */
export function explainKeys(knowledge: () => Knowledge): Extension {
  return Prec.low(
    hoverTooltip((view, position): Tooltip | null => {
      const { schema, outline } = knowledge();
      const line = view.state.doc.lineAt(position);
      const word = wordAround(line.text, position - line.from);
      if (schema === null || word === null) return null;
      const place = cursorPlace(view.state.doc.toString(), line.from + word.from);
      if (place.writes !== 'key') return null;
      const value = valueOf(outline);
      const shape = childOf(schema, shapeAt(schema, place.path, value), { key: word.key, value: undefined });
      const { description } = shape;
      if (description === null) return null;
      return { pos: line.from + word.from, end: line.from + word.to, above: true, create: () => ({ dom: explanation(word.key, description) }) };
    }),
  );
}

function explanation(key: string, description: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'explanation';
  const name = document.createElement('code');
  name.textContent = key;
  box.append(name, ` ${description}`);
  return box;
}

/** The key at a column of a line, when the word there is one. */
function wordAround(line: string, column: number): { readonly key: string; readonly from: number; readonly to: number } | null {
  for (const match of line.matchAll(/[A-Za-z][\w-]*(?=\s*:(\s|$))/g)) {
    const from = match.index;
    const to = from + match[0].length;
    if (column >= from && column <= to) return { key: match[0], from, to };
  }
  return null;
}

function valueOf(outline: Outline): unknown {
  const head = Object.fromEntries([...outline.head].map(([key, { value }]) => [key, value]));
  return { ...head, steps: outline.steps.map(({ value }) => value) };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value);
}
