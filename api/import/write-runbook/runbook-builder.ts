// Gathers inputs, targets and steps while an importer walks its source, and makes sure that names are used once.
import { inputValueFault } from '../../domain/runbook/input-value.ts';
import { valuePattern } from '../../domain/runbook/pattern.ts';
import type { RawInput, RawStep, RawTarget } from '../../domain/runbook/raw-runbook.ts';
import type { DraftStep } from './draft-runbook.ts';
import { nameGiver, variableFrom } from './names.ts';

export interface NewStep {
  /** What the id is made from. */
  readonly name: string;
  readonly body: Omit<RawStep, 'id'>;
  readonly heading?: string;
  readonly comment?: readonly string[];
}

export interface RunbookBuilder {
  readonly inputs: ReadonlyMap<string, RawInput>;
  readonly targets: ReadonlyMap<string, RawTarget>;
  readonly steps: readonly DraftStep[];
  readonly files: ReadonlyMap<string, string>;
  /** Gives the variable. */
  addInput(name: string, input: RawInput): string;
  /** A name for a captured value, unlike all inputs. */
  addVariable(name: string): string;
  /** Gives the key of the target. */
  addTarget(name: string, target: RawTarget): string;
  /** The target whose one host is asked for at the start. */
  askedTarget(ask: string): string;
  /** Gives the id. */
  addStep(step: NewStep): string;
  /** Id of a step before it is added, for references to it; `addStep` takes it over when the name is this id. */
  reserveId(name: string): string;
  addFile(name: string, text: string): string;
}

export function runbookBuilder(): RunbookBuilder {
  const inputs = new Map<string, RawInput>();
  const targets = new Map<string, RawTarget>();
  const steps: DraftStep[] = [];
  const files = new Map<string, string>();
  const stepName = nameGiver();
  const targetName = nameGiver();
  const fileName = nameGiver();
  const reserved = new Set<string>();
  const variables = new Set<string>();

  function addVariable(name: string): string {
    const variable = variableFrom(name, variables);
    variables.add(variable);
    return variable;
  }

  function addInput(name: string, input: RawInput): string {
    const variable = addVariable(name);
    inputs.set(variable, input);
    return variable;
  }

  function addTarget(name: string, target: RawTarget): string {
    const key = targetName(name, 'hosts');
    targets.set(key, target);
    return key;
  }

  let asked: string | null = null;
  return {
    inputs,
    targets,
    steps,
    files,
    addInput,
    addVariable,
    addTarget,
    askedTarget(ask) {
      asked ??= addTarget('host', { host: `\${${addInput('host', { type: 'host', required: true, ask })}}` });
      return asked;
    },
    addStep({ name, body, heading, comment }) {
      const id = reserved.delete(name) ? name : stepName(name, 'step');
      steps.push({ raw: { id, ...body }, ...(heading === undefined ? {} : { heading }), ...(comment === undefined ? {} : { comment }) });
      return id;
    },
    reserveId(name) {
      const id = stepName(name, 'step');
      reserved.add(id);
      return id;
    },
    addFile(name, text) {
      const file = `${fileName(name, 'script')}.sh`;
      files.set(file, text);
      return file;
    },
  };
}

/** A number or a truth is written without quotes. */
function withNativeDefault(input: RawInput): RawInput {
  if (typeof input.default !== 'string') return input;
  if (input.type === 'boolean') return { ...input, default: input.default === 'true' };
  return input.type === 'number' && String(Number(input.default)) === input.default ? { ...input, default: Number(input.default) } : input;
}

/** What of a pattern or a default does not fit is left out and told. */
export function fittingInput(input: RawInput): { readonly input: RawInput; readonly lost: readonly ('pattern' | 'default')[] } {
  const lost: ('pattern' | 'default')[] = [];
  let fit = input;
  if (fit.pattern !== undefined && (fit.pattern === '' || valuePattern(fit.pattern) === null)) {
    const { pattern: _, ...rest } = fit;
    fit = rest;
    lost.push('pattern');
  }
  const described = { type: fit.type, pattern: fit.pattern ?? null, choices: fit.choices ?? [] };
  if (fit.default !== undefined && inputValueFault(described, String(fit.default)) !== null) {
    const { default: _, ...rest } = fit;
    fit = rest;
    lost.push('default');
  }
  return { input: withNativeDefault(fit), lost };
}
