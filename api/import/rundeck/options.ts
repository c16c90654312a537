// The options of a job as inputs.
import type { RawInput } from '../../domain/runbook/raw-runbook.ts';
import { shown } from '../runbook-source/ledger.ts';
import type { Ledger } from '../runbook-source/ledger.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import { titleFrom } from '../write-runbook/names.ts';
import { fittingInput } from '../write-runbook/runbook-builder.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';
import { isTrue } from './job.ts';

export interface ReadOptions {
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlySet<string>;
}

interface Parts {
  readonly at: SourcePath;
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
}

type Option = Readonly<Record<string, unknown>>;

/** A list of options, or a map by name as older exports have it. */
export function readOptions(options: unknown, parts: Parts): ReadOptions {
  const variables = new Map<string, string>();
  const secrets = new Set<string>();
  const entries: readonly (readonly [string | number, unknown])[] = isList(options)
    ? [...options.entries()]
    : isMap(options)
      ? Object.entries(options)
      : [];
  for (const [key, option] of entries) {
    if (!isMap(option)) continue;
    const name = scalarText(option['name']) ?? (typeof key === 'string' ? key : null);
    if (name === null || name.trim() === '') continue;
    const variable = addOption(name, option, { ...parts, at: [...parts.at, key] });
    variables.set(name, variable);
    if (isSecure(option)) secrets.add(variable);
  }
  return { variables, secrets };
}

function addOption(name: string, option: Option, { at, ledger, builder }: Parts): string {
  const { input, lost } = fittingInput(inputOf(name, option));
  const variable = builder.addInput(name, { ...input, ...(isRequired(option, input) ? { required: true } : {}) });
  const became = `inputs.${variable}`;
  if (lost.includes('pattern')) {
    ledger.unplaced({ at: [...at, 'regex'], became: null, why: `The pattern cannot be read as JavaScript reads it: ${shown(option['regex'])}.` });
  }
  if (lost.includes('default')) {
    ledger.unplaced({ at: [...at, 'value'], became: null, why: `The default would not be accepted as a value: ${shown(option['value'])}.` });
  }
  ledger.understood({
    at,
    keys: ['name', 'label', 'description', 'required', 'value', 'values', 'valuesListDelimiter', 'enforced', 'regex'],
    became,
    why: 'An option is asked for as an input.',
  });
  if (isSecure(option))
    ledger.understood({ at, keys: ['secure', 'valueExposed', 'storagePath'], became, why: 'It is kept encrypted, and asked for each time.' });
  else ledger.understood({ at, keys: ['secure', 'valueExposed'], became, why: 'It is no secret.' });
  if (isTrue(option['multivalued']))
    ledger.understood({ at, keys: ['multivalued', 'delimiter'], became, why: 'The question says how values are separated.' });
  return variable;
}

function isSecure(option: Option): boolean {
  return isTrue(option['secure']) || option['storagePath'] !== undefined;
}

/** An option that is not required and has no default reaches commands as empty text, here as there. */
function isRequired(option: Option, input: RawInput): boolean {
  return isTrue(option['required']) && input.default === undefined;
}

function inputOf(name: string, option: Option): RawInput {
  const ask = questionOf(name, option);
  const standard = scalarText(option['value']);
  const pattern = scalarText(option['regex']);
  if (isSecure(option)) return { type: 'string', secret: true, ...(pattern === null ? {} : { pattern }), ask };
  const given = standard === null || standard === '' ? {} : { default: standard };
  const choices = choicesOf(option);
  if (choices !== null && isTrue(option['enforced']) && !isTrue(option['multivalued'])) return { type: 'choice', choices, ...given, ask };
  return { type: 'string', ...given, ...(pattern === null ? {} : { pattern }), ask };
}

/** What the language takes. */
const MOST_CHOICES = 200;

function choicesOf(option: Option): readonly string[] | null {
  const { values } = option;
  if (!isList(values)) return null;
  const texts = values.map(scalarText).filter((text) => text !== null && text !== '');
  const choices = [...new Set(texts.filter((text) => text !== null))];
  return choices.length === 0 || choices.length > MOST_CHOICES || choices.length < values.length ? null : choices;
}

function questionOf(name: string, option: Option): string {
  const label = scalarText(option['label']) ?? '';
  const description = (scalarText(option['description']) ?? '').trim();
  const values = choicesOf(option);
  const isOpen = values !== null && !(isTrue(option['enforced']) && !isTrue(option['multivalued']));
  const several = isTrue(option['multivalued']) ? [`Several, separated by "${scalarText(option['delimiter']) ?? ','}".`] : [];
  const suggested = isOpen ? [`For example ${values.slice(0, MOST_SUGGESTED).join(', ')}.`] : [];
  const head = label === '' ? titleFrom(name) : label;
  return [description === '' ? `${head}?` : `${head}: ${description}`, ...several, ...suggested].join(' ').replaceAll(/\s+/g, ' ');
}

/** Enough to see what is meant. */
const MOST_SUGGESTED = 10;
