// A Python call of an experiment as the instruction for a person: what to do, by which call, and what must come out.
import { isMap, scalarText } from '../runbook-source/source-path.ts';
import { fenced, fencedData, withoutPlaces } from '../write-runbook/original-text.ts';
import type { Experiment } from './experiment.ts';

export interface ManualActivity {
  readonly provider: unknown;
  readonly tolerance: unknown;
  readonly isProbe: boolean;
}

/** Markdown; the call is whole, with all of its arguments. */
export function manualInstruction(activity: ManualActivity, experiment: Experiment): string {
  const { provider, tolerance, isProbe } = activity;
  const parts = [
    isProbe ? 'Find this out and judge it. In the experiment it was:' : 'Do this. In the experiment it was:',
    isMap(provider) && provider['type'] === 'python' ? fenced(pythonText(provider), 'python') : fencedData(provider ?? null),
    ...secretsText(provider, experiment),
    ...(tolerance === undefined || tolerance === null ? [] : toleranceText(tolerance)),
  ];
  return shownTemplate(parts.join('\n\n'), experiment);
}

/** Places of secrets stay as they were: nobody may see those. */
function shownTemplate(text: string, { variables }: Experiment): string {
  const used = [...text.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].flatMap((match) => {
    const variable = variables.get(match[1] ?? '');
    return variable === undefined || variable.isSecret ? [] : [[match[1] ?? '', variable.name()] as const];
  });
  return withoutPlaces(text, new Map(used));
}

/** Keys of a Python provider that its call says; others are shown as data. */
export const PYTHON_KEYS = ['type', 'module', 'func', 'arguments'];

function pythonText(provider: Readonly<Record<string, unknown>>): string {
  const name = [provider['module'], provider['func']].map(scalarText).filter((part) => part !== null);
  const given = isMap(provider['arguments']) ? Object.entries(provider['arguments']) : [];
  const others = Object.entries(provider).filter(([key]) => !PYTHON_KEYS.includes(key) && key !== 'secrets');
  const args = given.map(([key, value]) => `${key}=${pythonValue(value)}`);
  const call =
    args.join(', ').length > WIDEST_CALL
      ? `${name.join('.')}(\n${args.map((arg) => `    ${arg},\n`).join('')})`
      : `${name.join('.')}(${args.join(', ')})`;
  const unread = isMap(provider['arguments']) || provider['arguments'] === undefined ? [] : [['arguments', provider['arguments']] as const];
  return [call, ...[...unread, ...others].map(([key, value]) => `# ${key}: ${pythonValue(value)}`)].join('\n');
}

/** Longer calls have an argument a line. */
const WIDEST_CALL = 90;

function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${pythonValue(item)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}

/** Groups of secrets that the call is given. */
export function secretGroupsOf(provider: unknown): readonly string[] {
  return isMap(provider) && Array.isArray(provider['secrets']) ? provider['secrets'].map(String) : [];
}

function secretsText(provider: unknown, { secretGroups }: Experiment): readonly string[] {
  return secretGroupsOf(provider).map((group) => {
    const own = secretGroups.get(group) ?? [];
    const list = own.map(({ name, from }) => `${name} from ${from}`).join(', ');
    return `It needs the secrets "${group}"${list === '' ? '' : `: ${list}`}.`;
  });
}

function toleranceText(tolerance: unknown): readonly string[] {
  const plain = scalarText(tolerance);
  if (plain !== null) return [`It is well when the result is \`${plain}\`.`];
  return ['It is well when the result is within this tolerance:', fencedData(tolerance)];
}
