// The language as TypeScript types, made from its JSON Schema: for programs that write runbooks, and to hold our own types against.
import type { JsonSchema } from '../schema/json-schema.ts';

/** A module of types: `Runbook`, and one type for each shared part. */
export function typesOf(schema: JsonSchema): string {
  const parts = Object.entries(recordOf(schema['$defs'])).map(([name, part]) => declaration(typeName(name), recordOf(part)));
  return [HEAD, declaration('Runbook', schema), ...parts].join('\n\n').concat('\n');
}

const HEAD = '// A runbook.yaml as TypeScript types. Made from the language; how to write it anew: see the test of this file.';

function declaration(name: string, schema: JsonSchema): string {
  const description = schema['description'];
  const comment = typeof description === 'string' ? `/** ${description.split('\n').join(' ').replaceAll('*/', '* /')} */\n` : '';
  return `${comment}export type ${name} = ${typeText(schema)};`;
}

function typeText(schema: JsonSchema): string {
  const ref = schema['$ref'];
  if (typeof ref === 'string') return typeName(ref.slice(ref.lastIndexOf('/') + 1));
  if ('const' in schema) return JSON.stringify(schema['const']);
  const values = schema['enum'];
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (schema['if'] !== undefined) return conditional(schema);
  const kinds = branchesOf(schema);
  if (kinds.length > 0) return `(${kinds.map(typeText).join(' | ')})${mustHave(schema, kinds)}`;
  const types = typesNamed(schema);
  return types.length === 0 ? 'unknown' : types.map((type) => plainType(type, schema)).join(' | ');
}

/** One shape for one type, another for the rest: `if: {type: string}`. */
function conditional(schema: JsonSchema): string {
  const [first] = typesNamed(recordOf(schema['if']));
  const rest = typesNamed(schema).filter((type) => type !== first);
  const side = (name: 'then' | 'else', fallback: readonly string[]): string => {
    const own = recordOf(schema[name]);
    return Object.keys(own).length > 0 ? typeText(own) : fallback.map((type) => plainType(type, schema)).join(' | ');
  };
  return `${side('then', first === undefined ? [] : [first])} | ${side('else', rest)}`;
}

/** A step is one of its kinds: `allOf: [{if: has this kind, then: that shape}]`. */
function branchesOf(schema: JsonSchema): readonly JsonSchema[] {
  const all = schema['allOf'];
  if (!Array.isArray(all)) return [];
  return all.map(recordOf).flatMap((branch) => {
    const shape = recordOf(branch['then']);
    return branch['if'] !== undefined && shape['$ref'] !== undefined ? [shape] : [];
  });
}

/** Keys that are asked for whatever the kind: they have one shape in all kinds, so any of them tells it. */
function mustHave(schema: JsonSchema, [first]: readonly JsonSchema[]): string {
  const required = schema['required'];
  if (first === undefined || !Array.isArray(required) || required.length === 0) return '';
  return ` & Required<Pick<${typeText(first)}, ${required.map((key) => JSON.stringify(key)).join(' | ')}>>`;
}

function plainType(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'string':
      return wordsOf(schema['pattern']) ?? 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `readonly (${typeText(recordOf(schema['items']))})[]`;
    case 'object':
      return objectText(schema);
    default:
      return type;
  }
}

function objectText(schema: JsonSchema): string {
  const properties = Object.entries(recordOf(schema['properties']));
  if (properties.length === 0) return `Readonly<Record<string, ${typeText(recordOf(schema['additionalProperties']))}>>`;
  const required = schema['required'];
  const isRequired = (key: string): boolean => Array.isArray(required) && required.includes(key);
  const lines = properties.map(([key, value]) => `readonly ${key}${isRequired(key) ? '' : '?'}: ${typeText(recordOf(value))};`);
  return `{ ${lines.join(' ')} }`;
}

/** A pattern that is nothing but a choice of words. */
function wordsOf(pattern: unknown): string | null {
  const words = typeof pattern === 'string' ? /^\^\(([a-z]+(?:\|[a-z]+)*)\)\$$/u.exec(pattern)?.[1] : undefined;
  return words === undefined
    ? null
    : words
        .split('|')
        .map((word) => JSON.stringify(word))
        .join(' | ');
}

function typesNamed(schema: JsonSchema): readonly string[] {
  const type = schema['type'];
  return Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
}

function typeName(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}

function recordOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
