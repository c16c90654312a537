// The names that a runbook defines and may use: steps, targets, inputs, captured values.
import { type Outline, isRecord } from './outline-type.ts';

export interface RunbookWords {
  readonly steps: readonly { readonly id: string; readonly title: string }[];
  readonly targets: readonly string[];
  readonly inputs: readonly string[];
  readonly captures: readonly string[];
  readonly clocks: readonly string[];
}

/** What the server knows beside the text. */
export interface CompanyNames {
  readonly services: readonly string[];
  readonly hosts: readonly string[];
  readonly sites: readonly string[];
  readonly runbooks: readonly string[];
  readonly channels: readonly string[];
}

export const NO_NAMES: CompanyNames = { services: [], hosts: [], sites: [], runbooks: [], channels: [] };

export function wordsOf(outline: Outline): RunbookWords {
  const keys = (name: string): readonly string[] => {
    const value = outline.head.get(name)?.value;
    return isRecord(value) ? Object.keys(value) : [];
  };
  const steps = outline.steps.flatMap(({ value }) =>
    typeof value['id'] === 'string' ? [{ id: value['id'], title: typeof value['title'] === 'string' ? value['title'] : '' }] : [],
  );
  const captures = outline.steps.flatMap(({ value }) => (isRecord(value['capture']) ? Object.keys(value['capture']) : []));
  return { steps, targets: keys('targets'), inputs: keys('inputs'), captures: [...new Set(captures)], clocks: keys('clocks') };
}

/** Where a name is asked for, the names there are; null where the value is free. `path` ends with the key or the place in a list. */
export function namesFor(path: readonly (string | number)[], words: RunbookWords, company: CompanyNames): readonly string[] | null {
  const keys = path.filter((part): part is string => typeof part === 'string');
  const key = keys.at(-1) ?? '';
  const around = keys.at(-2);
  const ids = (): readonly string[] => words.steps.map(({ id }) => id);
  switch (key) {
    case 'needs':
    case 'goto':
    case 'since':
    case 'until':
    case 'readAfter':
      return ids();
    case 'from':
    case 'to':
      return keys[0] === 'clocks' ? ids() : null;
    case 'step':
      return around === 'undo' ? ids() : null;
    case 'on':
      return words.targets;
    case 'services':
      return company.services;
    case 'host':
    case 'hosts':
      return keys[0] === 'targets' ? company.hosts : null;
    case 'call':
      return company.runbooks;
    case 'runbook':
      return around === 'call' ? company.runbooks : null;
    case 'channel':
      return ['drill', ...company.channels];
    case 'input':
      return around === 'foreach' ? words.inputs : null;
    default:
      return null;
  }
}
