// What a piece of the schema asks for, in words for people.
import type { JsonSchema } from '../schema/json-schema.ts';

export type Definitions = Readonly<Record<string, JsonSchema>>;

/** Shared parts by the word that the page uses for them; those with a section of their own are links. */
const WORD_OF_PART: Readonly<Record<string, string>> = {
  duration: 'duration',
  positiveDuration: 'duration',
  laterDuration: 'duration or `${name}`',
  key: 'key',
  variable: 'name',
  regex: 'pattern',
  jsonPath: 'JSONPath',
  scriptFile: 'file',
  absolutePath: 'path',
  account: 'account',
  command: 'command',
  url: 'address',
  headerName: 'header',
  day: 'day',
  on: 'target',
  role: 'text',
  tags: 'list of keys',
  json: 'anything',
  step: '[step](#steps)',
  variant: '[variant](#rehearsals)',
  retry: '[retry](#retry)',
  expect: '[expect](#expect)',
  lookExpect: '[expect](#expect)',
  httpExpect: '[expect](#expect)',
  textExpectation: '[text expectation](#text-expectation)',
  capture: '[capture](#capture)',
  httpRequest: '[request](#a-request)',
  tcp: '[connection](#a-connection)',
  review: '[keys](#review)',
  defaults: '[keys](#defaults)',
  canary: '[keys](#canary)',
};

/** The schema itself with what it refers to; own words come first. */
export function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = partName(schema);
  const definition = name === null ? undefined : definitions[name];
  return definition === undefined ? schema : { ...resolved(definition, definitions), ...schema };
}

export function partName(schema: JsonSchema): string | null {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? reference.slice(reference.lastIndexOf('/') + 1) : null;
}

/** The keys of an object, also of one that is only one of two forms. */
export function keysOf(schema: JsonSchema, definitions: Definitions): JsonSchema | null {
  const whole = resolved(schema, definitions);
  if (isSchema(whole['properties'])) return whole;
  for (const branch of [whole['then'], whole['else']]) {
    const form = isSchema(branch) ? resolved(branch, definitions) : null;
    if (form !== null && isSchema(form['properties'])) return form;
  }
  return null;
}

/** `text`, `a or b`, `duration`, `list of keys` … */
export function valueWords(schema: JsonSchema, definitions: Definitions): string {
  const name = partName(schema);
  const word = name === null || !Object.hasOwn(WORD_OF_PART, name) ? undefined : WORD_OF_PART[name];
  if (word !== undefined) return word;
  const whole = resolved(schema, definitions);
  if (Array.isArray(whole['enum'])) return whole['enum'].map((value) => `\`${String(value)}\``).join(', ');
  if (whole['const'] !== undefined) return `\`${JSON.stringify(whole['const'])}\``;
  if (isSchema(whole['if'])) return formsWords(whole, definitions);
  const types = Array.isArray(whole['type']) ? whole['type'].map(String) : [String(whole['type'])];
  return types.map((type) => typeWords(type, whole, definitions)).join(' or ');
}

/** The two forms of a value: the short one and the one with keys. */
function formsWords(whole: JsonSchema, definitions: Definitions): string {
  const forms = [whole['else'], whole['then']].filter(isSchema).map((form) => valueWords(form, definitions));
  return [...new Set(forms)].join(' or ');
}

function typeWords(type: string, whole: JsonSchema, definitions: Definitions): string {
  switch (type) {
    case 'string':
      return 'text';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return isSchema(whole['items']) ? `list of ${plural(valueWords(whole['items'], definitions))}` : 'list';
    default:
      return isSchema(whole['properties']) ? 'keys' : mapWords(whole);
  }
}

/** Sections of the page are named in the plural. */
const MAPS: Readonly<Record<string, string>> = {
  input: 'names, each with an [input](#inputs)',
  target: 'names, each with a [target](#targets)',
  clock: 'names, each with a [clock](#clocks)',
  capture: 'names, each with a [capture](#capture)',
  json: 'keys',
};

function mapWords(whole: JsonSchema): string {
  const values = isSchema(whole['additionalProperties']) ? (partName(whole['additionalProperties']) ?? '') : '';
  return (Object.hasOwn(MAPS, values) ? MAPS[values] : undefined) ?? 'names with values';
}

function plural(word: string): string {
  if (word === 'anything') return word;
  return word.endsWith(')') ? word.replace(']', 's]') : `${word}s`;
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
