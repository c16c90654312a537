// A step or a head as flat fields in the words of the language, so that two of them can be compared without forgetting one.
import { durationText } from '../lint/fix/duration-text.ts';

/** Names of fields with their values as text; what is null, empty or not there is left out. */
export type Fields = ReadonlyMap<string, FieldValue>;

export interface FieldValue {
  readonly text: string;
  /** Of numbers and durations. */
  readonly amount: number | null;
}

/** Where the language has another word than the built runbook; the rest follows from `is…` and `…Ms`. */
const WORDS: Readonly<Record<string, string>> = {
  key: 'runbook',
  goTo: 'onFailure.goto',
  undoStep: 'undo.step',
  isUndoAlways: 'undo.always',
  steadyPercent: 'steady',
  recordType: 'record',
  exitCodes: 'exit',
  statuses: 'status',
  captures: 'capture',
  locks: 'lock',
  fileMode: 'mode',
  lastAt: 'last',
  remainder: 'remainderOf',
};

export function fieldsOf(value: object): Fields {
  const fields = new Map<string, FieldValue>();
  collect(value, { name: '', isDuration: false }, fields);
  return fields;
}

interface At {
  readonly name: string;
  readonly isDuration: boolean;
}

function collect(value: unknown, { name, isDuration }: At, fields: Map<string, FieldValue>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const entries = value.map((entry: unknown) => entry);
    if (entries.length === 0) return;
    if (entries.every(isNamed)) for (const entry of entries) collectKeys(withoutName(entry), joined(name, entry.name), fields);
    else fields.set(name, { text: entries.map(entryText).join(', '), amount: null });
  } else if (typeof value === 'object') collectKeys(value, name, fields);
  else if (typeof value === 'number') fields.set(name, { text: isDuration ? durationText(value) : String(value), amount: value });
  else fields.set(name, { text: typeof value === 'string' ? value : JSON.stringify(value), amount: null });
}

/** In quotes where the list would read otherwise without them. */
function entryText(entry: unknown): string {
  const text = String(entry);
  return /^$|^\s|\s$|[",]/.test(text) ? JSON.stringify(text) : text;
}

function collectKeys(value: object, name: string, fields: Map<string, FieldValue>): void {
  const entries = Object.entries(value);
  for (const [key, entry] of entries) collect(entry, { name: joined(name, wordOf(key)), isDuration: key.endsWith('Ms') }, fields);
}

interface Named {
  readonly name: string;
}

function isNamed(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

function withoutName(value: Named): object {
  const { name: _, ...rest } = value;
  return rest;
}

function joined(name: string, key: string): string {
  return name === '' ? key : `${name}.${key}`;
}

function wordOf(key: string): string {
  const word = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  return word ?? key.replace(/^is([A-Z])/, (_, letter: string) => letter.toLowerCase()).replace(/Ms$/, '');
}
