// The generated parts of docs/runbook-language.md: tables of keys between what people have written.
import { runbookSchema } from '../schema/language.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { STEP_KINDS } from '../runbook.ts';
import { keyTable } from './key-table.ts';
import { isSchema } from './schema-words.ts';
import type { Definitions } from './schema-words.ts';

const BEGIN = /^<!-- keys of (.+) -->$/;
/** A confirmation has these beside the keys that every step has, and no others. */
const OF_CONFIRM: ReadonlySet<string> = new Set(['confirm', 'timeout']);
const END = '<!-- end of keys -->';

/**
 * The page with its tables made anew. A table stands between `<!-- keys of NAME -->` and `<!-- end of keys -->`; the names are `head`,
 * `every step`, a kind of step, or a part of the schema. A name that there is not, or a table without end, is a bug of the page.
 */
export function withTables(page: string): string {
  const schema = runbookSchema();
  const definitions = definitionsOf(schema);
  const lines: string[] = [];
  let isWithin = false;
  for (const line of page.split('\n')) {
    if (line === END) isWithin = false;
    if (!isWithin) lines.push(line);
    const name = BEGIN.exec(line)?.[1];
    if (name === undefined) continue;
    isWithin = true;
    lines.push('', tableOf(name, schema, definitions), '');
  }
  if (isWithin) throw new Error(`A table of the reference page has no \`${END}\`.`);
  return lines.join('\n');
}

function tableOf(name: string, schema: JsonSchema, definitions: Definitions): string {
  if (name === 'head') return keyTable(schema, definitions, {});
  if (name === 'every step')
    return keyTable({ ...partOf('confirmStep', definitions), required: ['id', 'title'] }, definitions, { without: OF_CONFIRM });
  if (STEP_KINDS.some((kind) => kind === name)) return kindTable(name, definitions);
  return keyTable(partOf(name, definitions), definitions, { isNested: true });
}

/** What the kind does, and the keys that it has beside those of every step, or in another form. */
function kindTable(kind: string, definitions: Definitions): string {
  const step = partOf(`${kind}Step`, definitions);
  const own = propertiesOf(step);
  const common = propertiesOf(partOf('confirmStep', definitions));
  const isCommon = (key: string): boolean => !OF_CONFIRM.has(key) && JSON.stringify(own[key]) === JSON.stringify(common[key]);
  const without = new Set(Object.keys(own).filter(isCommon));
  return `${String(step['description'])}\n\n${keyTable(step, definitions, { without, isNested: true })}`;
}

function propertiesOf(schema: JsonSchema): JsonSchema {
  const properties = schema['properties'];
  return isSchema(properties) ? properties : {};
}

function partOf(name: string, definitions: Definitions): JsonSchema {
  const part = definitions[name];
  if (part === undefined) throw new Error(`The language has no part \`${name}\`, which the reference page asks for.`);
  return part;
}

function definitionsOf(schema: JsonSchema): Definitions {
  const definitions = schema['$defs'];
  if (!isSchema(definitions)) throw new Error('The schema of runbooks has no parts.');
  return Object.fromEntries(Object.entries(definitions).flatMap(([name, part]) => (isSchema(part) ? [[name, part]] : [])));
}
