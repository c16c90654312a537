// A table of keys for the reference page, made from the schema that validates them.
import type { JsonSchema } from '../schema/json-schema.ts';
import { isSchema, keysOf, partName, resolved, valueWords } from './schema-words.ts';
import type { Definitions } from './schema-words.ts';

/** Parts with a table of their own: their keys are not repeated where they are used. */
const OWN_TABLES: ReadonlySet<string> = new Set([
  'retry',
  'expect',
  'lookExpect',
  'httpExpect',
  'textExpectation',
  'capture',
  'httpRequest',
  'variant',
  'step',
  'command',
  'input',
  'target',
  'hosts',
  'clock',
  'tcp',
  'json',
]);

export interface TableOptions {
  /** Keys that are told of elsewhere. */
  readonly without?: ReadonlySet<string>;
  /** Keys within a key are rows too: `wait.every`. */
  readonly isNested?: boolean;
}

/** Markdown; empty when the schema has no keys left. */
export function keyTable(schema: JsonSchema, definitions: Definitions, options: TableOptions = {}): string {
  const rows = rowsOf({ schema, prefix: '' }, definitions, options);
  return rows.length === 0 ? '' : ['| key | value | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

interface Place {
  readonly schema: JsonSchema;
  readonly prefix: string;
}

function rowsOf({ schema, prefix }: Place, definitions: Definitions, options: TableOptions): readonly string[] {
  const keys = keysOf(schema, definitions);
  const properties = keys?.['properties'];
  if (keys === null || !isSchema(properties)) return [];
  const required = Array.isArray(keys['required']) ? keys['required'].map(String) : [];
  return Object.entries(properties).flatMap(([key, value]): readonly string[] => {
    if (!isSchema(value) || options.without?.has(key) === true) return [];
    const cells = [
      `\`${prefix}${key}\``,
      `${valueWords(value, definitions)}${required.includes(key) ? ', required' : ''}`,
      meaningOf(value, definitions),
    ];
    const row = `| ${cells.map(cell).join(' | ')} |`;
    const hasOwnTable = OWN_TABLES.has(partName(value) ?? '');
    if (options.isNested !== true || hasOwnTable) return [row];
    return [row, ...rowsOf({ schema: value, prefix: `${prefix}${key}.` }, definitions, { isNested: true })];
  });
}

function meaningOf(schema: JsonSchema, definitions: Definitions): string {
  const whole = resolved(schema, definitions);
  const description = typeof whole['description'] === 'string' ? whole['description'] : '';
  const value = whole['default'];
  if (value === undefined || value === false || description.includes('unless given')) return description;
  return `${description} By default \`${typeof value === 'string' ? value : JSON.stringify(value)}\`.`.trim();
}

function cell(text: string): string {
  return text
    .replaceAll('|', String.raw`\|`)
    .replaceAll('\n', ' ')
    .trim();
}
