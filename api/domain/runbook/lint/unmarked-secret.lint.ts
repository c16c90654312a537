// What is named like a secret is marked as one.
import { addKey, fixOf } from './fix/edit-yaml.ts';
import type { LintFinding, LintRule } from './lint-rule.ts';
import type { LintSubject } from './lint-subject.ts';

const NAME = /(?:^|_)(?:password|passwd|passphrase|secret|token|api_?key|private_?key)$/u;

export const unmarkedSecret: LintRule = {
  code: 'unmarked-secret',
  weight: 'warning',
  title: 'A value that is named like a secret and not marked as one',
  why: 'Only what says `secret: true` is kept encrypted and shown as dots; all else stands in plans, journals and evidence packs for everybody who may read them.',
  remedy: 'Add `secret: true`, or choose another name when it is none.',
  bad: `inputs:
  api_token: { type: string, required: true, ask: Token of the DNS service? }
steps:
  - id: ready
    title: The service answers
    check:
      http:
        url: https://dns.example.com/zones
        headers: { authorization: 'Bearer \${api_token}' }`,
  good: `inputs:
  api_token: { type: string, secret: true, required: true, ask: Token of the DNS service? }
steps:
  - id: ready
    title: The service answers
    check:
      http:
        url: https://dns.example.com/zones
        headers: { authorization: 'Bearer \${api_token}' }`,
  check(subject) {
    return [...inputFindings(subject), ...captureFindings(subject)];
  },
};

function inputFindings({ runbook, places }: LintSubject): readonly LintFinding[] {
  return runbook.inputs
    .filter(({ name, type, isSecret }) => type === 'string' && isSecret !== true && NAME.test(name))
    .map((input) => {
      const path = ['inputs', input.name];
      // A secret has no default: it would stand in the file.
      const edit = input.default === null ? addKey(places, path, { key: 'secret', value: 'true', after: ['type'] }) : null;
      return {
        path,
        at: 'key' as const,
        message: `The input \`${input.name}\` is named like a secret and is shown to everybody.`,
        remedy: 'Add `secret: true`.',
        ...fixOf('Add `secret: true`', edit),
      };
    });
}

function captureFindings({ steps, places }: LintSubject): readonly LintFinding[] {
  return steps.flatMap(({ step, path, by }) =>
    ('captures' in step ? step.captures : [])
      .filter(({ name, isSecret }) => isSecret !== true && NAME.test(name))
      .map(({ name }) => {
        const at = [...path, 'capture', name];
        return {
          path: at,
          at: 'key' as const,
          message: `${by} captures \`${name}\`, which is named like a secret and is shown to everybody.`,
          remedy: 'Write `{from: stdout, secret: true}`.',
          ...fixOf('Add `secret: true`', addKey(places, at, { key: 'secret', value: 'true', after: ['from', 'json', 'header', 'pattern'] })),
        };
      }),
  );
}
