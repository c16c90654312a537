// Inputs fit their own description: choices where there is a choice, a default that would be accepted.
import { inputValueFault } from '../input-value.ts';
import type { Finding } from '../place.ts';
import type { RawInput } from '../raw-runbook.ts';
import type { RuleContext } from './rule.ts';

export function inputsRule({ raw }: RuleContext): readonly Finding[] {
  return Object.entries(raw.inputs ?? {}).flatMap(([name, input]) => [
    ...choicesFindings(name, input),
    ...defaultFindings(name, input),
    ...secretFindings(name, input),
  ]);
}

function choicesFindings(name: string, input: RawInput): readonly Finding[] {
  const path = ['inputs', name];
  if (input.type === 'choice' && input.choices === undefined) {
    return [
      { code: 'missing-key', path, message: `The input \`${name}\` is a choice and has no \`choices\`.`, remedy: 'Add `choices:` with a list.' },
    ];
  }
  if (input.type !== 'choice' && input.choices !== undefined) {
    const message = `The input \`${name}\` has choices and is of type \`${input.type}\`.`;
    return [{ code: 'choices-unused', path: [...path, 'choices'], at: 'key', message, remedy: 'Write `type: choice`, or remove the choices.' }];
  }
  return [];
}

function defaultFindings(name: string, input: RawInput): readonly Finding[] {
  if (input.default === undefined) return [];
  const fault = inputValueFault({ type: input.type, pattern: input.pattern ?? null, choices: input.choices ?? [] }, String(input.default));
  if (fault === null) return [];
  const path = ['inputs', name, 'default'];
  return [
    {
      code: 'bad-default',
      path,
      message: `The default of the input \`${name}\` ${fault}.`,
      remedy: 'Write a default that would be accepted as a value.',
    },
  ];
}

function secretFindings(name: string, input: RawInput): readonly Finding[] {
  if (input.secret !== true) return [];
  const path = ['inputs', name];
  if (input.type !== 'string') {
    const message = `The input \`${name}\` is secret and of type \`${input.type}\`.`;
    return [{ code: 'secret-type', path: [...path, 'type'], message, remedy: 'Write `type: string`, or remove `secret`.' }];
  }
  if (input.default === undefined) return [];
  const message = `The input \`${name}\` is secret and has a default, which everybody can read.`;
  return [{ code: 'secret-default', path: [...path, 'default'], at: 'key', message, remedy: 'Remove the default; it is asked for at the start.' }];
}
