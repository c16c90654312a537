// What an experiment calls tolerance: what the answer of a probe must be like.
import { isJsonPath } from '../../domain/runbook/json-path.ts';
import { outputPattern } from '../../domain/runbook/pattern.ts';
import type { RawExpect, RawTextExpectation } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';

export type ProbeSort = 'http' | 'process';

/** Null when it cannot be said: then a person judges. `undefined` is no tolerance at all. */
export function expectOf(tolerance: unknown, sort: ProbeSort): RawExpect | null | undefined {
  if (tolerance === undefined || tolerance === null) return undefined;
  if (typeof tolerance === 'boolean') return tolerance ? undefined : null;
  if (typeof tolerance === 'number') return numberExpect([tolerance], sort);
  if (typeof tolerance === 'string') return textOf(sort, tolerance === '' ? null : { equals: tolerance });
  if (isList(tolerance)) return tolerance.every((item) => typeof item === 'number') ? numberExpect(tolerance, sort) : null;
  if (!isMap(tolerance)) return null;
  return objectExpect(tolerance, sort);
}

function objectExpect(tolerance: Readonly<Record<string, unknown>>, sort: ProbeSort): RawExpect | null {
  const target = tolerance['target'];
  if (!isKnownTarget(target, sort)) return null;
  switch (tolerance['type']) {
    case 'range':
      return target === 'status' || target === 'exit' ? null : textOf(sort, rangeOf(tolerance['range']));
    case 'regex': {
      const pattern = scalarText(tolerance['pattern']);
      if (pattern === null || pattern === '' || outputPattern(pattern) === null || target === 'status') return null;
      return target === 'stderr' ? { stderr: { matches: pattern } } : textOf(sort, { matches: pattern });
    }
    case 'jsonpath':
      return textOf(sort, jsonOf(tolerance));
    default:
      return null;
  }
}

function isKnownTarget(target: unknown, sort: ProbeSort): boolean {
  if (target === undefined) return true;
  return sort === 'http' ? target === 'body' || target === 'status' : target === 'stdout' || target === 'stderr';
}

function rangeOf(range: unknown): RawTextExpectation | null {
  if (!isList(range) || range.length !== 2) return null;
  const [min, max] = range;
  return typeof min === 'number' && typeof max === 'number' ? { min, max } : null;
}

/** A count of matches cannot be said, and neither can a path that the standard does not know. */
function jsonOf(tolerance: Readonly<Record<string, unknown>>): RawTextExpectation | null {
  const path = scalarText(tolerance['path']);
  if (path === null || !isJsonPath(path) || path.length > LONGEST_PATH || tolerance['count'] !== undefined) return null;
  const { expect } = tolerance;
  const wanted = isList(expect) && expect.length === 1 ? expect[0] : expect;
  if (wanted === undefined) return { json: path };
  const equals = scalarText(wanted);
  return equals === null ? null : { json: path, equals };
}

/** What the language takes. */
const LONGEST_PATH = 500;

function textOf(sort: ProbeSort, expectation: RawTextExpectation | null): RawExpect | null {
  if (expectation === null) return null;
  return sort === 'http' ? { body: expectation } : { stdout: expectation };
}

function numberExpect(numbers: readonly number[], sort: ProbeSort): RawExpect | null {
  const [least, most] = sort === 'http' ? [100, 599] : [0, 255];
  const isFit =
    numbers.length > 0 && numbers.length <= MOST_CODES && numbers.every((code) => Number.isInteger(code) && code >= least && code <= most);
  if (!isFit) return null;
  const [only] = numbers;
  const written = numbers.length === 1 && only !== undefined ? only : [...new Set(numbers)];
  return sort === 'http' ? { status: written } : { exit: written };
}

/** What the language takes. */
const MOST_CODES = 100;
