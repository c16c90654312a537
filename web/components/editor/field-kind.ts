// Which control a field of the form has, from what the schema allows and what is written there now.
import { type Shape, type Schema, choicesOf, keysOf, namesOf, typesOf } from './language-schema.ts';
import { isRecord } from './outline-type.ts';

/** `words` is a list of texts, `map` has keys that people choose, `yaml` is anything else. */
export type FieldKind = 'choice' | 'flag' | 'number' | 'text' | 'lines' | 'words' | 'fields' | 'map' | 'yaml';

/** Texts that mostly run over several lines. */
const LONG = new Set(['run', 'undo', 'summary', 'note', 'instruction', 'message', 'body']);

export function fieldKind(root: Schema, shape: Shape, field: { readonly key: string; readonly value: unknown }): FieldKind {
  const { key, value } = field;
  const types = typesOf(shape);
  const hasKeys = keysOf(root, shape).size > 0;
  if (isRecord(value)) return hasKeys ? 'fields' : hasFreeKeys(shape) ? 'map' : 'yaml';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? 'words' : 'yaml';
  if (choicesOf(shape).length > 0 && !(types.has('string') && types.has('object'))) return 'choice';
  if (types.has('string')) return LONG.has(key) || namesOf(shape).has('command') || isLong(value) ? 'lines' : 'text';
  if (types.has('boolean')) return 'flag';
  if (types.has('number') || types.has('integer')) return types.has('array') || types.has('object') ? 'text' : 'number';
  if (types.has('array')) return itemsAreTexts(shape) ? 'words' : 'yaml';
  if (hasKeys) return 'fields';
  return hasFreeKeys(shape) ? 'map' : 'yaml';
}

/** The value that a typed text stands for: a number where the schema takes one. */
export function valueOfText(shape: Shape, text: string): unknown {
  const types = typesOf(shape);
  const isNumber = /^-?\d+(\.\d+)?$/.test(text) && (types.has('number') || types.has('integer'));
  if (isNumber) return Number(text);
  return types.has('boolean') && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** Key of a map that says the same as the short text, where a value may be either. */
export function longFormKey(root: Schema, shape: Shape): string | null {
  const keys = keysOf(root, shape);
  if (!typesOf(shape).has('string') || keys.size === 0) return null;
  return ['run', 'instruction', 'runbook', 'message', 'url', 'role', 'from', 'goto', 'remainderOf', 'script'].find((key) => keys.has(key)) ?? null;
}

function hasFreeKeys({ parts }: Shape): boolean {
  return parts.some((part) => isRecord(part['additionalProperties']));
}

function itemsAreTexts({ parts }: Shape): boolean {
  return parts.some(
    (part) => isRecord(part['items']) && (part['items']['type'] === 'string' || part['items']['$ref'] !== undefined) && part['type'] === 'array',
  );
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('\n') || value.length > 80);
}
