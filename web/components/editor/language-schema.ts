// Walks the JSON Schema of the language: which keys fit at a place, what they mean, and how a value is written.
import { isRecord } from './outline-type.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** What is known of a key or a value at one place. */
export interface Shape {
  /** All that may stand there, references followed. */
  readonly parts: readonly Schema[];
  /** In a sentence; null where the schema says nothing. */
  readonly description: string | null;
}

/** The schema as the server gives it. Throws when it cannot be had. */
export async function loadSchema(): Promise<Schema> {
  const response = await fetch('/schema/runbook.json');
  if (!response.ok) throw new Error(`the schema was answered with ${response.status}`);
  const schema: unknown = await response.json();
  if (!isRecord(schema)) throw new Error('the schema is no object');
  return schema;
}

/** What may stand at a path of a runbook; `value` is what stands there around it, as far as it is known, and decides the kind of a step. */
export function shapeAt(root: Schema, path: readonly (string | number)[], value: unknown): Shape {
  let shape = shapeOf(root, root, value);
  let at = value;
  for (const key of path) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
    shape = childOf(root, shape, { key, value: at });
  }
  return shape;
}

/** What may stand under one key, or in one place of a list. */
export function childOf(root: Schema, shape: Shape, { key, value }: { readonly key: string | number; readonly value: unknown }): Shape {
  const schemas = shape.parts.flatMap((part): Schema[] => {
    if (typeof key === 'number') return isRecord(part['items']) ? [part['items']] : [];
    const named = recordOf(part['properties'])[key];
    if (isRecord(named)) return [named];
    return isRecord(part['additionalProperties']) ? [part['additionalProperties']] : [];
  });
  const shapes = schemas.map((schema) => shapeOf(root, schema, value));
  return { parts: shapes.flatMap(({ parts }) => parts), description: shapes.find(({ description }) => description !== null)?.description ?? null };
}

/** The keys that may be written, in the order of the language. */
export function keysOf(root: Schema, { parts }: Shape): ReadonlyMap<string, Shape> {
  const keys = new Map<string, Shape>();
  for (const part of parts) {
    for (const [key, schema] of Object.entries(recordOf(part['properties']))) {
      if (!keys.has(key) && isRecord(schema)) keys.set(key, shapeOf(root, schema, undefined));
    }
  }
  return keys;
}

/** Keys without which it is not valid. */
export function requiredKeys({ parts }: Shape): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => listOf(part['required']).map(String)));
}

/** The words that may stand there; empty where it is free. */
export function choicesOf({ parts }: Shape): readonly string[] {
  const choices = parts.flatMap((part) => [...listOf(part['enum']), ...('const' in part ? [part['const']] : [])]).map(String);
  return [...new Set(choices)];
}

export function typesOf({ parts }: Shape): ReadonlySet<string> {
  return new Set(
    parts.flatMap((part) => (Array.isArray(part['type']) ? part['type'].map(String) : typeof part['type'] === 'string' ? [part['type']] : [])),
  );
}

/** Names of the shared parts that were referred to, such as `duration`: some have an editor of their own. */
export function namesOf({ parts }: Shape): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => (typeof part[NAME] === 'string' ? [part[NAME]] : [])));
}

const NAME = 'x-part-name';
/** Deeper than the language nests; a circle of references ends here. */
const DEEPEST = 12;

function shapeOf(root: Schema, schema: Schema, value: unknown): Shape {
  const parts = partsOf(root, schema, { value, depth: 0 });
  const description = parts.map((part) => part['description']).find((text) => typeof text === 'string') ?? null;
  return { parts, description: typeof description === 'string' ? description : null };
}

/** The schema and everything that it combines: references, all of `allOf`, each of `oneOf`, and of `if` what fits the value. */
function partsOf(root: Schema, schema: Schema, { value, depth }: { readonly value: unknown; readonly depth: number }): readonly Schema[] {
  if (depth > DEEPEST) return [];
  const deeper = (inner: unknown): readonly Schema[] => (isRecord(inner) ? partsOf(root, inner, { value, depth: depth + 1 }) : []);
  const { $ref, allOf, oneOf, anyOf, if: condition, then, else: otherwise, ...own } = schema;
  const referred = typeof $ref === 'string' ? referredTo(root, $ref) : null;
  const conditional = condition === undefined ? [] : fits(value, condition) ? deeper(then) : deeper(otherwise);
  const all = listOf(allOf);
  const anyFits = all.some((part) => isRecord(part) && part['if'] !== undefined && fits(value, part['if']));
  // Of a step without a kind yet, the keys of all kinds are offered.
  const combined = all.flatMap((part) => deeper(isRecord(part) && part['if'] !== undefined && !anyFits ? part['then'] : part));
  const choices = [...listOf(oneOf), ...listOf(anyOf)];
  return [own, ...(referred === null ? [] : deeper(referred)), ...conditional, ...combined, ...choices.flatMap(deeper)];
}

/** Whether the keys that a condition asks for are there: the language asks for nothing else in one. */
function fits(value: unknown, condition: unknown): boolean {
  if (!isRecord(condition)) return false;
  const required = listOf(condition['required']).map(String);
  return required.length > 0 && isRecord(value) && required.every((key) => Object.hasOwn(value, key));
}

function referredTo(root: Schema, reference: string): Schema | null {
  const name = reference.replace(/^#\/\$defs\//, '');
  const found = recordOf(root['$defs'])[name];
  return isRecord(found) ? { ...found, [NAME]: name } : null;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
