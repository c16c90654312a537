// A `when` can be read, and names only what there is.
import { conditionTypeFault, parseCondition } from '../condition.ts';
import type { InputTypes } from '../condition-environment.ts';
import type { ConditionName } from '../condition.ts';
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding } from '../place.ts';
import { bodiesOf } from './bodies.ts';
import type { BodyAt } from './bodies.ts';
import { namesOf } from './names.ts';
import type { Names } from './names.ts';
import { stepIds } from './rule.ts';
import type { RuleContext } from './rule.ts';

export function conditionsRule(context: RuleContext): readonly Finding[] {
  const names = namesOf(context);
  const ids = stepIds(context);
  const types = typesOf(context);
  return bodiesOf(context).flatMap((body) => conditionFindings(body, { names, ids, types }));
}

interface Known {
  readonly names: Names;
  readonly ids: readonly string[];
  readonly types: InputTypes;
}

function typesOf({ raw }: RuleContext): InputTypes {
  const typeOf = { number: 'dyn', boolean: 'bool' } as const;
  const entries = Object.entries(raw.inputs ?? {}).map(
    ([name, { type }]) => [name, type === 'number' || type === 'boolean' ? typeOf[type] : 'string'] as const,
  );
  return Object.fromEntries(entries);
}

function conditionFindings({ written, path, by }: BodyAt, known: Known): readonly Finding[] {
  const { when } = written;
  if (when === undefined) return [];
  const place = { path: [...path, 'when'] };
  const condition = parseCondition(when);
  const remedy = 'Write a CEL expression such as `mode == "failover" && inputs.site == "munich"`.';
  const bad = (why: string): Finding => ({
    ...place,
    code: 'bad-when',
    message: `The condition of ${by[0]?.toLowerCase() ?? ''}${by.slice(1)} ${why}.`,
    remedy,
  });
  if (!condition.ok) {
    const { message, field } = condition.refusal;
    return [bad(field === undefined ? message : `${message} (character ${Number(field) + 1})`)];
  }
  const unknown = condition.value.names.flatMap((name) => nameFinding(name, by, known) ?? []);
  if (unknown.length > 0) return unknown.map((finding) => ({ ...finding, ...place }));
  const fault = conditionTypeFault(when, known.types);
  return fault === null ? [] : [bad(fault)];
}

function nameFinding({ of, name }: ConditionName, by: string, { names, ids }: Known): Omit<Finding, 'path'> | null {
  const known = of === 'steps' ? new Set(ids) : of === 'inputs' ? names.inputs : names.captures;
  if (!known.has(name)) {
    const list = known.size === 0 ? 'There are none.' : `There are ${inWords([...known], 'and')}.`;
    const message = `${by} asks for \`${of}.${name}\`, which does not exist.`;
    return { code: 'when-unknown-name', message, remedy: didYouMean(name, known, list) };
  }
  if (of === 'steps' || !names.secrets.has(name)) return null;
  return {
    code: 'secret-shown',
    message: `${by} judges the secret \`${name}\`, which stays closed until a command needs it.`,
    remedy: 'Decide by something else.',
  };
}
