// The values of a drill's inputs: what was given, checked, and defaults for the rest.
import type { Portfolio } from '../catalogue/portfolio.ts';
import type { Problem } from '../errors.ts';
import { inputValueFault } from '../runbook/input-value.ts';
import { didYouMean, inWords } from '../runbook/nearest.ts';
import type { RunbookInput } from '../runbook/runbook.ts';

export interface ResolvedInputs {
  /** Every input of the runbook; empty text stands for one that is optional and was not given, so that `"$name"` is safe under `sh -u`. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** Names of the inputs at fault, one for each problem. */
  readonly fields: readonly string[];
}

/** Empty text counts as not given: a form cannot tell the two apart. */
export function resolveInputs(inputs: readonly RunbookInput[], given: Readonly<Record<string, string>>, portfolio: Portfolio): ResolvedInputs {
  const faults = [...unknownInputs(inputs, given), ...inputs.flatMap((input) => faultOf(input, valueOf(input, given), portfolio))];
  return {
    values: Object.fromEntries(inputs.map((input) => [input.name, valueOf(input, given)])),
    problems: faults.map(({ code, message, remedy }) => ({ code, severity: 'error', message, remedy })),
    fields: faults.map(({ field }) => field),
  };
}

interface Fault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

function valueOf(input: RunbookInput, given: Readonly<Record<string, string>>): string {
  const own = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
  return own === undefined || own === '' ? (input.default ?? '') : own;
}

function unknownInputs(inputs: readonly RunbookInput[], given: Readonly<Record<string, string>>): readonly Fault[] {
  const names = inputs.map(({ name }) => name);
  const otherwise = names.length === 0 ? 'The runbook has no inputs.' : `The inputs are ${inWords(names, 'and')}.`;
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      field: name,
      code: 'unknown-input',
      message: `The runbook has no input ${name}.`,
      remedy: didYouMean(name, names, otherwise),
    }));
}

function faultOf(input: RunbookInput, value: string, portfolio: Portfolio): readonly Fault[] {
  const field = input.name;
  if (value === '') {
    if (!input.isRequired) return [];
    return [{ field, code: 'missing-input', message: `The input ${field} is required and has no value.`, remedy: `Answer: ${input.ask}.` }];
  }
  const fault = inputValueFault(input, value) ?? placeFault(input, value, portfolio);
  return fault === null ? [] : [{ field, code: 'bad-input', message: `The input ${field} ${fault}.`, remedy: 'Correct the value.' }];
}

function placeFault(input: RunbookInput, value: string, portfolio: Portfolio): string | null {
  if (input.type === 'host' && !portfolio.hosts.some(({ key }) => key === value)) return `names the host ${value}, which is not in the portfolio`;
  if (input.type === 'site' && !portfolio.sites.some(({ key }) => key === value)) return `names the site ${value}, which is not in the portfolio`;
  return null;
}
