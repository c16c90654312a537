// `configuration` and `secrets` of an experiment: values that are asked for when the drill is planned.
import type { RawInput } from '../../domain/runbook/raw-runbook.ts';
import { shown } from '../runbook-source/ledger.ts';
import type { Ledger } from '../runbook-source/ledger.ts';
import { isMap, scalarText } from '../runbook-source/source-path.ts';
import { titleFrom } from '../write-runbook/names.ts';
import { fittingInput } from '../write-runbook/runbook-builder.ts';
import type { RunbookBuilder } from '../write-runbook/runbook-builder.ts';
import type { Secret, Variable } from './experiment.ts';

interface Parts {
  readonly ledger: Ledger;
  readonly builder: RunbookBuilder;
}

/** A value becomes an input when a step uses it: nobody is asked for what nothing reads. */
export function readConfiguration(root: Readonly<Record<string, unknown>>, parts: Parts): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  const configuration = isMap(root['configuration']) ? root['configuration'] : {};
  for (const [name, value] of Object.entries(configuration)) {
    const described = inputOf(name, value);
    if (described === null) {
      parts.ledger.unplaced({
        at: ['configuration', name],
        became: null,
        why: `Only texts, numbers and values of the environment become inputs: ${shown(value)}.`,
      });
    } else variables.set(name, configured(name, described, parts));
  }
  return variables;
}

function configured(name: string, { input, keys, why }: Described, { ledger, builder }: Parts): Variable {
  let variable: string | null = null;
  return {
    isSecret: false,
    name() {
      if (variable === null) {
        const fit = fittingInput(input).input;
        variable = builder.addInput(name, fit.default === undefined ? { ...fit, required: true } : fit);
        ledger.understood({ at: ['configuration', name], ...(keys === null ? {} : { keys }), became: `inputs.${variable}`, why });
      }
      return variable;
    },
  };
}

interface Described {
  readonly input: RawInput;
  readonly keys: readonly string[] | null;
  readonly why: string;
}

function inputOf(name: string, value: unknown): Described | null {
  const plain = scalarText(value);
  if (plain !== null) return { input: plainInput(name, value, plain), keys: null, why: 'A value that may be changed when the drill is planned.' };
  if (!isMap(value) || value['type'] !== 'env' || typeof value['key'] !== 'string') return null;
  const standard = scalarText(value['default']);
  const ask = `${titleFrom(name)}? The experiment reads it from the environment variable ${value['key']}.`;
  const input: RawInput = { type: 'string', ...(standard === null ? {} : { default: standard }), ask };
  return { input, keys: ['type', 'key', ...(standard === null ? [] : ['default'])], why: 'It came from the environment and is asked for now.' };
}

function plainInput(name: string, value: unknown, text: string): RawInput {
  const ask = `${titleFrom(name)}?`;
  if (typeof value === 'boolean') return { type: 'boolean', default: value, ask };
  if (typeof value === 'number' && /^-?\d+(\.\d+)?$/.test(text)) return { type: 'number', default: value, ask };
  return { type: 'string', default: text, ask };
}

export interface ReadSecrets {
  readonly groups: ReadonlyMap<string, readonly Secret[]>;
  readonly variables: ReadonlyMap<string, Variable>;
}

/** A secret becomes an input when a command or a request uses it: nobody is asked for what nothing reads. */
export function readSecrets(root: Readonly<Record<string, unknown>>, { ledger, builder }: Parts): ReadSecrets {
  const groups = new Map<string, readonly Secret[]>();
  const variables = new Map<string, Variable>();
  const secrets = isMap(root['secrets']) ? root['secrets'] : {};
  for (const [group, members] of Object.entries(secrets)) {
    if (!isMap(members)) continue;
    const own = Object.entries(members).map(([name, value]): Secret => ({ name, from: originOf(value), path: ['secrets', group, name] }));
    groups.set(group, own);
    for (const secret of own) variables.set(secret.name, secretVariable(secret, { ledger, builder }));
  }
  return { groups, variables };
}

function secretVariable({ name, from, path }: Secret, { ledger, builder }: Parts): Variable {
  let variable: string | null = null;
  return {
    isSecret: true,
    name() {
      if (variable === null) {
        variable = builder.addInput(name, {
          type: 'string',
          required: true,
          secret: true,
          ask: `${titleFrom(name)}? The experiment takes it from ${from}.`,
        });
        ledger.understood({
          at: path,
          became: `inputs.${variable}`,
          why: 'It is asked for and kept encrypted; a value in the experiment is not copied.',
        });
      }
      return variable;
    },
  };
}

function originOf(value: unknown): string {
  if (!isMap(value)) return 'its own text';
  if (value['type'] === 'env') return `the environment variable ${scalarText(value['key']) ?? ''}`.trim();
  const type = scalarText(value['type']);
  return type === null ? 'its own text' : `${type} (${scalarText(value['path']) ?? scalarText(value['key']) ?? 'no path'})`;
}

/** Why a secret that nothing has asked for is not there. */
export const UNUSED_SECRET = 'No command or request uses it, so nobody is asked for it. A value in the experiment is not copied.';
