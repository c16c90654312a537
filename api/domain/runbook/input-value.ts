// Whether a text is a value that an input accepts.
import { parseDuration } from '../duration.ts';
import { inWords } from './nearest.ts';
import { valuePattern } from './pattern.ts';
import type { RunbookInput } from './runbook.ts';

/** It becomes a line of shell ahead of every command; what is longer belongs in a file. */
const LONGEST_VALUE = 4096;

// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/u;

/**
 * Why the value is not accepted, as the rest of a sentence that begins with the input's name; null when it is. Whether a host or
 * site exists is for the plan to say.
 */
export function inputValueFault(input: Pick<RunbookInput, 'type' | 'pattern' | 'choices'>, value: string): string | null {
  if (value.length > LONGEST_VALUE) return `is longer than ${LONGEST_VALUE} characters`;
  if (CONTROL.test(value)) return 'holds a control character';
  const fault = FAULT_OF_TYPE[input.type](value, input);
  if (fault !== null) return fault;
  if (input.pattern !== null && valuePattern(input.pattern)?.test(value) !== true) return `does not match \`${input.pattern}\``;
  return null;
}

type Described = Pick<RunbookInput, 'type' | 'choices'>;

const FAULT_OF_TYPE: Readonly<Record<RunbookInput['type'], (value: string, input: Described) => string | null>> = {
  string: () => null,
  host: () => null,
  site: () => null,
  number: (value) => (/^-?\d+(\.\d+)?$/.test(value) ? null : 'is not a number'),
  boolean: (value) => (value === 'true' || value === 'false' ? null : 'must be `true` or `false`'),
  duration: (value) => (parseDuration(value) === null ? 'is not a duration such as 90s or 30m' : null),
  choice: (value, { choices }) => (choices.includes(value) ? null : `must be one of ${inWords(choices, 'or')}`),
};
