// The variables that a step sees: inputs and captured values of its runbook, the item of its row, and how long a paired step holds.
import { fillTemplate, templateNames } from '../runbook/template.ts';
import type { Plan, PlanStep } from './plan.ts';
import { scopeOf } from './scope-of.ts';
import type { Row } from './rows.ts';

export interface Variables {
  readonly values: Readonly<Record<string, string>>;
  /** Names whose values are secret. */
  readonly secrets: ReadonlySet<string>;
}

export interface VariableSource {
  readonly plan: Pick<Plan, 'inputs' | 'scopes' | 'secrets' | 'steps'>;
  readonly captured: Readonly<Record<string, string>>;
}

/** How a sealed value is read; without it, sealed values stay as they are. */
export type OpenSeal = (sealed: string) => string;

export interface VariablePlace {
  readonly step: PlanStep;
  /** Null for a step without rows. */
  readonly row: Row | null;
}

/** For a step, on one of its rows where it has any: `item` and `expires` (seconds) are there when the step has them. */
export function variablesOf(source: VariableSource, { step, row }: VariablePlace, open: OpenSeal = keep): Variables {
  const { values, secrets } = scopeVariables(source, scopeOf(step.id), open);
  return {
    values: {
      ...values,
      ...(row?.item == null ? {} : { item: row.item }),
      ...('expiresMs' in step && step.expiresMs !== undefined ? { expires: String(Math.ceil(step.expiresMs / 1_000)) } : {}),
    },
    secrets,
  };
}

/** Of a runbook as a whole: '' is the one that the drill is of, else the id of a call. */
export function scopeVariables(source: VariableSource, scope: string, open: OpenSeal = keep): Variables {
  const inputs = scope === '' ? ownInputs(source, open) : calledInputs(source, scope, open);
  const secrets = new Set([...inputs.secrets, ...secretCaptures(source.plan.steps, scope)]);
  const values: Record<string, string> = { ...inputs.values };
  for (const [key, value] of Object.entries(source.captured)) {
    if (scopeOf(key) !== scope) continue;
    const name = nameIn(key);
    values[name] = secrets.has(name) ? open(value) : value;
  }
  return { values, secrets };
}

/** Under which name a step's captured value is kept. */
export function capturedKey(step: string, name: string): string {
  const scope = scopeOf(step);
  return scope === '' ? name : `${scope}/${name}`;
}

function ownInputs({ plan }: VariableSource, open: OpenSeal): Variables {
  const secrets = new Set((plan.secrets ?? []).filter((name) => scopeOf(name) === ''));
  const values = Object.entries(plan.inputs).map(([name, value]) => [name, secrets.has(name) && value !== '' ? open(value) : value]);
  return { values: Object.fromEntries(values), secrets };
}

/** Texts over the caller's variables; what is made of a secret is one. A value that is not there yet leaves its input empty. */
function calledInputs(source: VariableSource, scope: string, open: OpenSeal): Variables {
  const caller = scopeVariables(source, scopeOf(scope), open);
  const texts = Object.entries(source.plan.scopes?.[scope]?.inputs ?? {});
  const declared = (source.plan.secrets ?? []).filter((name) => scopeOf(name) === scope).map(nameIn);
  const derived = texts.filter(([, text]) => templateNames(text).some((name) => caller.secrets.has(name))).map(([name]) => name);
  return {
    values: Object.fromEntries(texts.map(([name, text]) => [name, fillTemplate(text, caller.values) ?? ''])),
    secrets: new Set([...declared, ...derived]),
  };
}

const SECRET_CAPTURES = new WeakMap<Plan['steps'], ReadonlyMap<string, readonly string[]>>();

function secretCaptures(steps: Plan['steps'], scope: string): readonly string[] {
  const known = SECRET_CAPTURES.get(steps) ?? secretCapturesByScope(steps);
  SECRET_CAPTURES.set(steps, known);
  return known.get(scope) ?? [];
}

function secretCapturesByScope(steps: Plan['steps']): ReadonlyMap<string, readonly string[]> {
  const found = steps.flatMap((step) =>
    'captures' in step ? step.captures.flatMap(({ name, isSecret }) => (isSecret === true ? [{ scope: scopeOf(step.id), name }] : [])) : [],
  );
  const byScope = Map.groupBy(found, ({ scope }) => scope);
  return new Map([...byScope].map(([scope, captures]) => [scope, captures.map(({ name }) => name)]));
}

function nameIn(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

function keep(value: string): string {
  return value;
}
