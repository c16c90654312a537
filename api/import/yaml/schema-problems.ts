// What a JSON schema says about a file, turned into sentences with a place and a remedy.
import type { ErrorObject } from 'ajv';
import type { Problem } from '../../domain/errors.ts';
import { nearestWord } from './did-you-mean.ts';
import type { Finding, YamlPath, YamlSource } from './yaml-source.ts';

/** A few sentences are of use to a person, thousands are not. */
const SHOWN_AT_MOST = 100;

/** What the formats of a schema ask for, by name: the end of "Write ...". */
export type FormatHints = Readonly<Record<string, string>>;

/** `errors` come from a validator made with `allErrors` and `verbose`. */
export function schemaProblems(source: YamlSource, errors: readonly ErrorObject[], hints: FormatHints): readonly Problem[] {
  return errors.slice(0, SHOWN_AT_MOST).map((error) => problemOf(source, error, hints));
}

function problemOf(source: YamlSource, error: ErrorObject, hints: FormatHints): Problem {
  const path = pathOf(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  const where = path.length === 0 ? 'the file' : `\`${nameOf(path)}\``;
  switch (error.keyword) {
    case 'additionalProperties':
      return source.problemAtKey(path, String(params['additionalProperty']), unknownKey(error, String(params['additionalProperty']), where));
    case 'required':
      return source.problemAt(path, finding('missing-key', `The key \`${String(params['missingProperty'])}\` is missing in ${where}.`, 'Add it.'));
    case 'enum':
      return source.problemAt(path, notAllowed(error, where, params['allowedValues']));
    case 'type':
      return source.problemAt(path, wrongType(error, where, { wanted: params['type'], hints }));
    case 'format':
      return source.problemAt(
        path,
        finding(
          'bad-value',
          `${shown(error.data)} is no valid value of ${where}.`,
          `Write ${hints[String(params['format'])] ?? String(params['format'])}.`,
        ),
      );
    case 'minLength':
      return source.problemAt(
        path,
        finding('empty-value', `The value of ${where} is empty.`, 'Fill it in, or leave the key out where it is optional.'),
      );
    default:
      return source.problemAt(
        path,
        finding('bad-value', `${shown(error.data)} in ${where} ${error.message ?? 'is not allowed'}.`, 'Correct the value.'),
      );
  }
}

function unknownKey(error: ErrorObject, key: string, where: string): Finding {
  const properties: unknown = error.parentSchema?.['properties'];
  const known = Object.keys(properties ?? {});
  const near = nearestWord(key, known);
  const remedy = near === null ? `Known keys are ${known.join(', ')}.` : `Did you mean \`${near}\`?`;
  return finding('unknown-key', `The key \`${key}\` is not known in ${where}.`, remedy);
}

function notAllowed(error: ErrorObject, where: string, allowed: unknown): Finding {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const near = typeof error.data === 'string' ? nearestWord(error.data, words) : null;
  const remedy = near === null ? `Write one of ${words.join(', ')}.` : `Did you mean \`${near}\`?`;
  return finding('not-allowed', `${shown(error.data)} is no value of ${where}.`, remedy);
}

function wrongType(error: ErrorObject, where: string, asked: { readonly wanted: unknown; readonly hints: FormatHints }): Finding {
  const wanted = [asked.wanted].flat().map((type) => TYPE_WORDS[String(type)] ?? String(type));
  const hint = asked.hints[String(error.parentSchema?.['format'])];
  const message = error.data === null ? `The value of ${where} is empty.` : `${shown(error.data)} is no value of ${where}.`;
  return finding(
    'wrong-type',
    message,
    `Write ${hint ?? wanted.join(' or ')}${error.data === null ? ', or leave the key out where it is optional' : ''}.`,
  );
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text (in quotes if it looks like a number)',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, a line with `- ` for each item',
  object: 'a map of keys and values',
};

function finding(code: string, message: string, remedy: string): Finding {
  return { code, severity: 'error', message, remedy };
}

function pathOf(pointer: string): YamlPath {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** `services[3].dependsOn[0]`. */
function nameOf(path: YamlPath): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${part}`)).join('');
}

function shown(data: unknown): string {
  if (typeof data === 'object' && data !== null) return Array.isArray(data) ? 'A list' : 'A map';
  const text = JSON.stringify(data);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** Enough of a value to recognise it by. */
const LONGEST_QUOTE = 60;
