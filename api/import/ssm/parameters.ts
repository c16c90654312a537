// Parameters of a document as inputs; one that no step uses is not asked for.
import type { RawInput } from '../../domain/runbook/raw-runbook.ts';
import { shown } from '../runbook-source/ledger.ts';
import type { Ledger } from '../runbook-source/ledger.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { titleFrom } from '../write-runbook/names.ts';
import { fittingInput } from '../write-runbook/runbook-builder.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';

export interface Parameter {
  /** Declares the input at the first use, and gives its name. */
  variable(): string;
  /** The same, as a host that a target may name; false when its value can be no single host. */
  becomeHost(): boolean;
  readonly type: RawInput['type'];
}

interface Parts {
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
}

export function readParameters(written: unknown, parts: Parts): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const [name, parameter] of Object.entries(isMap(written) ? written : {})) {
    if (isMap(parameter)) parameters.set(name, parameterOf(name, parameter, parts));
  }
  return parameters;
}

function parameterOf(name: string, written: Readonly<Record<string, unknown>>, { ledger, builder }: Parts): Parameter {
  const input = inputOf(name, written);
  let isHost = false;
  let variable: string | null = null;
  return {
    type: input.type,
    becomeHost() {
      if (variable !== null) return isHost;
      isHost = !isListType(written) && input.type === 'string';
      return isHost;
    },
    variable() {
      if (variable !== null) return variable;
      const { input: fit, lost } = fittingInput(isHost ? hostInput(name, written) : input);
      variable = builder.addInput(name, fit.default === undefined && !hasEmptyDefault(written) ? { ...fit, required: true } : fit);
      const at = ['parameters', name];
      for (const part of lost) {
        const key = part === 'pattern' ? 'allowedPattern' : 'default';
        ledger.unplaced({ at: [...at, key], became: null, why: `It does not fit an input: ${shown(written[key])}.` });
      }
      const keys = ['type', 'description', 'default', 'allowedValues', ...(isHost ? [] : ['allowedPattern'])];
      ledger.understood({
        at,
        keys,
        became: `inputs.${variable}`,
        why: isHost ? 'A host, by its key in the app.' : 'A parameter is asked for as an input.',
      });
      return variable;
    },
  };
}

function hostInput(name: string, written: Readonly<Record<string, unknown>>): RawInput {
  return { type: 'host', ask: `${questionOf(name, written)} Name the host as the app knows it.` };
}

function inputOf(name: string, written: Readonly<Record<string, unknown>>): RawInput {
  const ask = questionOf(name, written);
  const type = scalarText(written['type']) ?? 'String';
  const standard = defaultOf(written);
  if (type === 'Boolean') return { type: 'boolean', ...(standard === null ? {} : { default: standard }), ask };
  if (type === 'Integer') return { type: 'number', ...(standard === null ? {} : { default: standard }), ask };
  const given = standard === null || standard === '' ? {} : { default: standard };
  const choices = choicesOf(written);
  if (choices !== null && !isListType(written)) {
    const isBoolean = choices.every((choice) => choice === 'true' || choice === 'false');
    return isBoolean ? { type: 'boolean', ...given, ask } : { type: 'choice', choices, ...given, ask };
  }
  const pattern = scalarText(written['allowedPattern']);
  return { type: 'string', ...given, ...(pattern === null ? {} : { pattern }), ask };
}

function isListType(written: Readonly<Record<string, unknown>>): boolean {
  return /List|Map/.test(scalarText(written['type']) ?? '');
}

function hasEmptyDefault(written: Readonly<Record<string, unknown>>): boolean {
  const standard = written['default'];
  return standard === '' || (isList(standard) && standard.length === 0);
}

/** A list becomes text with commas between. */
function defaultOf(written: Readonly<Record<string, unknown>>): string | null {
  const standard = written['default'];
  if (isList(standard) && standard.length > 0 && standard.every((item) => scalarText(item) !== null)) return standard.join(',');
  return scalarText(standard);
}

/** What the language takes. */
const MOST_CHOICES = 200;

function choicesOf(written: Readonly<Record<string, unknown>>): readonly string[] | null {
  const { allowedValues } = written;
  if (!isList(allowedValues)) return null;
  const texts = allowedValues.map(scalarText).filter((text) => text !== null && text !== '');
  const choices = [...new Set(texts.filter((text) => text !== null))];
  return choices.length === 0 || choices.length < allowedValues.length || choices.length > MOST_CHOICES ? null : choices;
}

function questionOf(name: string, written: Readonly<Record<string, unknown>>): string {
  const description = (scalarText(written['description']) ?? '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^\s*\((?:Required|Optional)\)\s*/i, '')
    .replace(/\.\s*$/, '')
    .trim();
  const list = isListType(written) ? ' Several, separated by commas.' : '';
  return `${titleFrom(name)}${description === '' ? '?' : `: ${description}.`}${list}`;
}
