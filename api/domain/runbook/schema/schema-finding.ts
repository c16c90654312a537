// One error of the validator as a finding: what is wrong, with what, and what to do.
import type { ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean, inWords } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import { ALL_KINDS } from './kinds/all-kinds.ts';
import { COMMON_KEYS } from './step.ts';
import { subjectOf, valueAt } from './subject.ts';

export interface Misfit {
  readonly error: ErrorObject;
  readonly path: Path;
  /** The name of a key in the object at `path` does not fit, not the object. */
  readonly isKey: boolean;
}

export function findingOf(misfit: Misfit, document: unknown): Finding {
  const { error, path } = misfit;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(path, textOf(error.params['additionalProperty']), { error, document });
    case 'required':
      return missingKey(path, textOf(error.params['missingProperty']), document);
    case 'dependentRequired':
      return missingKey(path, textOf(error.params['missingProperty']), document);
    case 'false schema':
      return withoutCommand(path, document);
    case 'oneOf':
      return notExactlyOne(misfit, document);
    default:
      return badValue(misfit, document);
  }
}

/** Whether a step stands there, or what a rehearsal does instead of one. */
export function isStepPath(path: Path): boolean {
  return path[0] === 'steps' && (path.length === 2 || (path.length === 3 && path[2] === 'drill'));
}

interface Context {
  readonly error: ErrorObject;
  readonly document: unknown;
}

function unknownKey(path: Path, key: string, { error, document }: Context): Finding {
  const known = Object.keys(recordOf(error.parentSchema?.['properties']));
  const owners = isStepPath(path) ? ALL_KINDS.filter(({ properties }) => Object.hasOwn(properties, key)).map(({ kind }) => kind) : [];
  const place = { path: [...path, key], at: 'key' } as const;
  if (isStepPath(path) && Object.hasOwn(COMMON_KEYS, key)) {
    const remedy = path.at(-1) === 'drill' ? 'It is taken from the step. Remove it here.' : 'Steps of this kind have none. Remove it here.';
    return { ...place, code: 'key-of-another-kind', message: `${subjectOf(path, document)} cannot have \`${key}\`.`, remedy };
  }
  if (owners.length > 0) {
    return {
      ...place,
      code: 'key-of-another-kind',
      message: `${subjectOf(path, document)} cannot have \`${key}\`.`,
      remedy: `It is for steps of kind ${inWords(owners, 'and')}. Remove it here.`,
    };
  }
  return {
    ...place,
    code: 'unknown-key',
    message: `${subjectOf(path, document)} has an unknown key \`${key}\`.`,
    remedy: didYouMean(key, known, `Remove it, or use one of ${inWords(known, 'or')}.`),
  };
}

/** A key that a look without a command cannot have. */
function withoutCommand(path: Path, document: unknown): Finding {
  const key = textOf(path.at(-1));
  const message = `${subjectOf(path.slice(0, -1), document)} cannot have \`${key}\`: it runs no command on hosts.`;
  return { code: 'key-of-another-kind', path, at: 'key', message, remedy: 'It is for `run` and `script`. Remove it here.' };
}

function missingKey(path: Path, key: string, document: unknown): Finding {
  return { code: 'missing-key', path, message: `${subjectOf(path, document)} has no \`${key}\`.`, remedy: `Add \`${key}:\`.` };
}

function notExactlyOne({ error, path }: Misfit, document: unknown): Finding {
  const choices = listOf(error.schema).flatMap((branch) => listOf(recordOf(branch)['required']).map(textOf));
  const own = Object.keys(recordOf(valueAt(path, document)));
  const given = choices.filter((choice) => own.includes(choice));
  const subject = subjectOf(path, document);
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    return {
      code: isStepPath(path) ? 'several-kinds' : 'several-of-one',
      path: [...path, second],
      at: 'key',
      message: `${subject} has ${inWords(given, 'and')}, and only one of them may be there.`,
      remedy: isStepPath(path) ? 'Split it into steps with one kind each.' : `Keep ${inWords(given, 'or')}.`,
    };
  }
  return isStepPath(path)
    ? noKind(path, own, subject)
    : { code: 'missing-key', path, message: `${subject} needs one of ${inWords(choices, 'or')}.`, remedy: 'Add one.' };
}

/** A step without a known kind mostly has a kind that is mistyped or not part of the language. */
function noKind(path: Path, own: readonly string[], subject: string): Finding {
  const kinds: readonly string[] = ALL_KINDS.map(({ kind }) => kind);
  const known = new Set([...Object.keys(COMMON_KEYS), ...ALL_KINDS.flatMap(({ properties }) => Object.keys(properties))]);
  const stranger = own.find((key) => !known.has(key));
  const list = `A step has exactly one of ${inWords(kinds, 'or')}.`;
  if (stranger === undefined) return { code: 'no-kind', path, message: `${subject} does nothing.`, remedy: list };
  return {
    code: 'unknown-key',
    path: [...path, stranger],
    at: 'key',
    message: `${subject} has an unknown key \`${stranger}\`, and no kind.`,
    remedy: didYouMean(stranger, kinds, list),
  };
}

function badValue({ error, path, isKey }: Misfit, document: unknown): Finding {
  const own = recordOf(error.parentSchema);
  const place = isKey ? { path: [...path, error.propertyName ?? ''], at: 'key' as const } : { path };
  const value = isKey ? error.propertyName : error.data;
  const subject = isKey ? `\`${error.propertyName ?? ''}\` in ${subjectOf(path, document)}` : subjectOf(path, document);
  if (value === null)
    return { ...place, code: 'bad-value', message: `${subject} is empty.`, remedy: 'Write a value after the colon, or remove the key.' };
  if (own['x-problem'] !== undefined) {
    const shown = isKey || typeof value === 'object' ? subject : `${subject}: \`${shortened(textOf(value))}\``;
    return {
      ...place,
      code: textOf(own['x-code'] ?? 'bad-value'),
      message: `${shown} ${textOf(own['x-problem'])}.`,
      remedy: textOf(own['x-remedy']),
    };
  }
  const [message, remedy] = plainSentence(error, value);
  return { ...place, code: 'bad-value', message: `${subject} ${message}.`, remedy: textOf(own['x-remedy'] ?? remedy) };
}

/** What is wrong and what to do, for the keywords that the language uses beside its own annotations. */
function plainSentence(error: ErrorObject, value: unknown): readonly [string, string] {
  const { params } = error;
  switch (error.keyword) {
    case 'type':
      return typeSentence(listOf(params['type']).length > 0 ? listOf(params['type']).map(textOf) : [textOf(params['type'])], value);
    case 'enum': {
      const allowed = listOf(params['allowedValues']).map(textOf);
      return [`cannot be \`${shortened(String(value))}\``, didYouMean(String(value), allowed, `Use one of ${inWords(allowed, 'or')}.`)];
    }
    case 'minLength':
      return ['is empty', 'Write something, or remove it.'];
    case 'minItems':
    case 'minProperties':
      return ['is empty', 'Name at least one.'];
    case 'minimum':
      return [`is below ${textOf(params['limit'])}`, `Use ${textOf(params['limit'])} or more.`];
    case 'maximum':
      return [`is above ${textOf(params['limit'])}`, `Use ${textOf(params['limit'])} or less.`];
    case 'maxItems':
    case 'maxProperties':
      return [`has more than ${textOf(params['limit'])} entries`, 'Split the runbook.'];
    case 'maxLength':
      return [`is longer than ${textOf(params['limit'])} characters`, 'Shorten it.'];
    case 'uniqueItems':
      return ['names the same thing twice', 'Keep one of the two.'];
    default:
      return [error.message ?? 'does not fit', 'See the language reference.'];
  }
}

const WORD_OF_TYPE: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys',
};

function typeSentence(types: readonly string[], value: unknown): readonly [string, string] {
  const asked = types.map((type) => WORD_OF_TYPE[type] ?? type).join(' or ');
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return [`must be ${asked}`, `Put it in quotes: '${String(value)}'.`];
  }
  return [`must be ${asked}`, `Write ${asked}.`];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value is shown so that people find it, not so that they can read all of it. */
const MOST_SHOWN = 80;

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function textOf(value: unknown): string {
  return String(value);
}
