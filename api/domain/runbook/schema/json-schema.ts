// A piece of JSON Schema (2020-12) as plain data.

/**
 * Beside the standard keywords: `x-code`, `x-problem` and `x-remedy` say what to tell people when the value does not fit.
 * `x-problem` continues a sentence that begins with the name of the value.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The annotations above, for the validator to accept. */
export const ANNOTATIONS = ['x-code', 'x-problem', 'x-remedy'];

/** A reference to one of the shared parts. */
export function part(name: string, description?: string): JsonSchema {
  const reference = { $ref: `#/$defs/${name}` };
  return description === undefined ? reference : { ...reference, description };
}

export function textOf(description: string): JsonSchema {
  return { type: 'string', minLength: 1, description };
}

/** An object with these keys and no others. */
export function objectOf(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** More entries in one set or list are a mistake or an attack: nobody reads them, and some checks take their square in time. */
export const MOST_ENTRIES = 200;

/** An object whose keys are names of one form and whose values have one shape. */
export function mapOf(names: JsonSchema, values: JsonSchema, description: string): JsonSchema {
  return { type: 'object', propertyNames: names, additionalProperties: values, maxProperties: MOST_ENTRIES, description };
}

/**
 * A list of texts, none of them twice. The type stands beside the reference because the validator compares texts in linear time, and
 * what may be anything in quadratic.
 */
export function distinct(items: JsonSchema, description: string): JsonSchema {
  return { type: 'array', items: { type: 'string', ...items }, uniqueItems: true, maxItems: MOST_ENTRIES, description };
}

export function listOf(items: JsonSchema, description: string): JsonSchema {
  return { type: 'array', items, description };
}
