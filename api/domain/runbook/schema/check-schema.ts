// Holds a document against the language's JSON Schema and turns what does not fit into sentences.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Finding, Path } from '../place.ts';
import { FORMATS } from './formats.ts';
import { ANNOTATIONS } from './json-schema.ts';
import { annotatedSchema } from './language.ts';
import { findingOf, isStepPath } from './schema-finding.ts';
import type { Misfit } from './schema-finding.ts';
import { valueAt } from './subject.ts';

/** Nobody corrects more at a time, and a file of nothing but mistakes must not keep the process busy. */
const MOST_FINDINGS = 100;

/** In what the document does not fit the schema, each place named once for each reason; a hundred findings at most. */
export function schemaFindings(document: unknown): readonly Finding[] {
  const validate = validator();
  if (validate(document)) return [];
  const misfits = (validate.errors ?? []).flatMap((error) => misfitOf(error, document) ?? []);
  const steps = stepsWithoutOneKind(misfits);
  const findings = new Map<string, Finding>();
  for (const misfit of misfits) {
    if (findings.size >= MOST_FINDINGS) break;
    if (isEcho(misfit, steps)) continue;
    const finding = findingOf(misfit, document);
    // A type that is asked for beside a reference and in it again is one reason.
    const place = JSON.stringify([finding.path, finding.at, misfit.error.keyword === 'type' ? 'type' : finding.code]);
    if (!findings.has(place)) findings.set(place, finding);
  }
  return [...findings.values()];
}

let compiled: ValidateFunction | null = null;

/** Compiled at first use and kept: it takes some tens of milliseconds. */
function validator(): ValidateFunction {
  if (compiled !== null) return compiled;
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, strictRequired: false, allowUnionTypes: true, ownProperties: true });
  ajv.addVocabulary(ANNOTATIONS);
  for (const [name, isValid] of Object.entries(FORMATS)) ajv.addFormat(name, isValid);
  compiled = ajv.compile(annotatedSchema());
  return compiled;
}

/** Errors that only say that another one happened, or that belong to a branch of `oneOf`, are nobody's business. */
const ECHO_KEYWORDS: ReadonlySet<string> = new Set(['if', 'propertyNames']);

function misfitOf(error: ErrorObject, document: unknown): Misfit | null {
  if (ECHO_KEYWORDS.has(error.keyword) || error.schemaPath.includes('/oneOf/')) return null;
  // What should have been an object is told by its type alone.
  if (error.keyword === 'oneOf' && (typeof error.data !== 'object' || error.data === null || Array.isArray(error.data))) return null;
  return { error, path: pathOf(error.instancePath, document), isKey: error.propertyName !== undefined };
}

/** Where it is not clear what a step or its variant does, it cannot be said which keys it may have. */
function stepsWithoutOneKind(misfits: readonly Misfit[]): ReadonlySet<string> {
  return new Set(misfits.filter(({ error, path }) => error.keyword === 'oneOf' && isStepPath(path)).map(({ path }) => path.join('/')));
}

function isEcho({ error, path }: Misfit, steps: ReadonlySet<string>): boolean {
  if (error.keyword === 'false schema') return steps.has(path.slice(0, -1).join('/'));
  if (!steps.has(path.join('/'))) return false;
  return error.keyword === 'additionalProperties' || (error.keyword === 'required' && !error.schemaPath.includes('/step/'));
}

/** JSON pointer to path: a number where the document has a list. */
function pathOf(pointer: string, document: unknown): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(path, document)) ? Number(key) : key);
  }
  return path;
}
