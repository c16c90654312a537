// The keys of every step that works on hosts: which rows, in which order, how many at once; and those of a shell.
import type { RawBody } from '../../raw-runbook.ts';
import type { CommandBody, Spread } from '../../runbook.ts';
import { MOST_ENTRIES, mapOf, objectOf, part, textOf } from '../json-schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { present } from './kind.ts';
import type { BuildContext } from './kind.ts';

/** An item becomes a shell variable, as the value of an input does. */
const LONGEST_ITEM = 4_096;

export const FOREACH: JsonSchema = {
  type: ['array', 'object'],
  if: { type: 'object' },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: objectOf({ input: part('variable', 'An input; its value is split at commas and white space.') }, ['input']),
  else: { type: 'array', items: { type: 'string', minLength: 1, maxLength: LONGEST_ITEM }, minItems: 1, maxItems: MOST_ENTRIES },
  description: 'A list: the step runs once for each item, shown as rows of one step. The item is `$item` in a command, `${item}` elsewhere.',
  examples: [['mw-api', 'mw-web'], { input: 'hosts' }],
};

export const SPREAD_KEYS: Readonly<Record<string, JsonSchema>> = {
  on: textOf('Name of the target whose hosts it works on.'),
  user: part('account', 'Account to sign in with; unless given the default of the runbook, then that of the host.'),
  foreach: FOREACH,
  batch: {
    type: ['integer', 'string'],
    minimum: 1,
    maximum: 10_000,
    pattern: '^([1-9][0-9]?|100)%$',
    description: 'How many rows at once, as a count or a share such as `25%`; all unless given.',
    examples: [5, '25%'],
    'x-problem': 'is neither a count nor a share',
    'x-remedy': "Write a whole number from 1, or a share such as '25%'.",
  },
  order: { enum: ['given', 'random', 'reverse'], default: 'given', description: 'In which order rows start; random is drawn when the plan is made.' },
  keepGoing: { type: 'boolean', default: false, description: 'Further rows start although one has failed.' },
};

export const SHELL_KEYS: Readonly<Record<string, JsonSchema>> = {
  shell: {
    type: 'string',
    maxLength: 200,
    pattern: '^(sh|bash|dash|ksh|zsh|(/[A-Za-z0-9._+-]+)+)$',
    default: 'sh',
    description: 'The program that is fed the text, with `-eu`; `sh` unless given.',
    examples: ['bash', '/usr/local/bin/bash'],
    'x-code': 'bad-shell',
    'x-problem': 'is not a shell',
    'x-remedy': 'Use sh, bash, dash, ksh, zsh, or the whole path of another one.',
  },
  become: part('account', 'Account that it runs as, by `sudo -n`; unless given the default of the runbook, then the one that signs in.'),
  env: mapOf(
    {
      type: 'string',
      maxLength: 100,
      pattern: '^(?!(PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|HOME|USER|SHELL|PWD)$)(?!LD_)[A-Z][A-Z0-9_]*$',
      'x-code': 'bad-variable-name',
      'x-problem': 'cannot be set',
      'x-remedy': 'Use capitals, digits and underscores; what shells and loaders read (PATH, IFS, ENV, HOME, LD_…) is not allowed.',
    },
    { type: 'string', maxLength: LONGEST_ITEM },
    'Environment variables with constant values.',
  ),
};

export function foreachOf({ foreach }: RawBody): Pick<Spread, 'foreach'> {
  return foreach === undefined ? {} : { foreach };
}

/** What is not written stays absent, so that the hash stays. */
export function spreadOf(raw: RawBody, { defaults }: BuildContext): Spread {
  const { batch, order, keepGoing } = raw;
  const user = raw.user ?? defaults.user;
  return {
    on: present(raw.on, 'on'),
    ...foreachOf(raw),
    ...(batch === undefined ? {} : { batch: typeof batch === 'number' ? { count: batch } : { percent: percentOf(batch) } }),
    ...(order === undefined || order === 'given' ? {} : { order }),
    ...(keepGoing === true ? { keepGoing } : {}),
    ...(user === null ? {} : { user }),
  };
}

export function shellOf(raw: RawBody, { defaults }: BuildContext): Pick<CommandBody, 'shell' | 'become' | 'env'> {
  const { shell, env } = raw;
  const become = raw.become ?? defaults.become;
  return {
    ...(shell === undefined || shell === 'sh' ? {} : { shell }),
    ...(become === null ? {} : { become }),
    ...(env === undefined || Object.keys(env).length === 0 ? {} : { env }),
  };
}

/** Of a text such as `25%` that the schema has accepted. */
export function percentOf(text: string): number {
  return Number(text.slice(0, -1));
}
