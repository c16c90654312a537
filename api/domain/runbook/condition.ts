// Conditions: the CEL expressions of `when`. One environment for all of them, with no functions beside CEL's own.
import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { done, refused } from '../errors.ts';
import type { Result } from '../errors.ts';
import { typedEnvironment, untypedEnvironment } from './condition-environment.ts';
import type { InputTypes } from './condition-environment.ts';

/** What a condition can see. */
export interface ConditionValues {
  /** As the type of the input: text, number or boolean. A number is a double, so 5 and 5.0 are the same. */
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
  /** What steps have captured so far: text. */
  readonly values: Readonly<Record<string, string>>;
  readonly mode: string;
  readonly steps: Readonly<Record<string, { readonly state: string }>>;
}

export interface Condition {
  readonly text: string;
  /** What it names, each once. */
  readonly names: readonly ConditionName[];
  /** It looks at `steps` by the ids that stand in it alone, and so needs to be given no others. */
  readonly namesItsSteps: boolean;
}

export interface ConditionName {
  readonly of: 'inputs' | 'values' | 'steps';
  readonly name: string;
}

/** Longer than any condition that people can follow; it bounds the time to read one. */
export const LONGEST_CONDITION = 2_000;

/** `steps.all(a, …)` inside another one already looks at each pair of 500 steps; a third would take seconds. */
const MOST_LOOPS = 2;
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
/** It gives a name to what was computed, so that a short text can double a long one again and again. */
const BIND = 'bind';

/** More than the conditions of a hundred runbooks; the oldest goes first. */
const MOST_REMEMBERED = 1_000;

interface Remembered {
  readonly condition: Condition;
  readonly parsed: ParseResult;
}

const remembered = new Map<string, Result<Remembered>>();

/** Reads a condition; the refusal's message continues a sentence, and `field` is the 0-based offset in the text where it is known. */
export function parseCondition(text: string): Result<Condition> {
  const read = remember(text);
  return read.ok ? done(read.value.condition) : read;
}

/**
 * Why a condition that can be read would fail on every run, as the rest of a sentence: it compares an input with something of another
 * type, or gives what is neither true nor false. Null when there is no such reason.
 */
export function conditionTypeFault(text: string, inputs: InputTypes): string | null {
  const { valid, type, error } = typedEnvironment(inputs).check(text);
  if (valid) return type === 'bool' || type === 'dyn' ? null : `gives ${type ?? 'something'}, not true or false`;
  const summary = summaryOf(error);
  // Inputs with types cannot be walked through as a map, which is allowed all the same.
  return summary.includes('$inputs') ? null : `cannot be judged: ${summary}`;
}

/**
 * Whether the condition holds. What it names and is not there, or a comparison of things that cannot be compared, is a refusal, and
 * nothing is guessed.
 */
export function evaluateCondition(text: string, values: ConditionValues): Result<boolean> {
  const read = remember(text);
  if (!read.ok) return read;
  try {
    const result: unknown = read.value.parsed({ ...values });
    return typeof result === 'boolean' ? done(result) : refused('INVALID_INPUT', 'gives something that is neither true nor false');
  } catch (error) {
    return refused('INVALID_INPUT', `cannot be judged: ${summaryOf(error)}`);
  }
}

function remember(text: string): Result<Remembered> {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = readCondition(text);
  const oldest = remembered.size < MOST_REMEMBERED ? undefined : remembered.keys().next().value;
  if (oldest !== undefined) remembered.delete(oldest);
  if (text.length <= LONGEST_CONDITION) remembered.set(text, read);
  return read;
}

function readCondition(text: string): Result<Remembered> {
  if (text.length > LONGEST_CONDITION) return refused('INVALID_INPUT', `is longer than ${LONGEST_CONDITION} characters`);
  try {
    const parsed = untypedEnvironment().parse(text);
    const { valid, type, error } = parsed.check();
    if (!valid) return unreadable(error);
    if (type !== 'bool' && type !== 'dyn') return refused('INVALID_INPUT', `gives ${type ?? 'something'}, not true or false`);
    const excess = excessOf(parsed.ast);
    if (excess !== null) return refused('INVALID_INPUT', excess);
    return done({ condition: { text, names: namesIn(parsed.ast), namesItsSteps: namesItsSteps(parsed.ast) }, parsed });
  } catch (error) {
    return unreadable(error);
  }
}

function unreadable(error: unknown): Result<Remembered> {
  const offset = rangeOf(error);
  return refused('INVALID_INPUT', `cannot be read: ${summaryOf(error)}`, offset === null ? {} : { field: String(offset) });
}

/** What would make a short expression take long, as the rest of a sentence; null when there is nothing of the kind. */
function excessOf(root: ASTNode): string | null {
  const open: { readonly node: unknown; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next;
    if (Array.isArray(node)) open.push(...node.map((item: unknown) => ({ node: item, depth: next.depth })));
    if (!isNode(node)) continue;
    const called = node.op === 'rcall' ? node.args[0] : '';
    if (called === BIND) return 'gives a name to a part of itself, which a condition cannot';
    const depth = next.depth + (LOOPS.has(called) ? 1 : 0);
    if (depth > MOST_LOOPS) return 'has loops within loops within loops';
    open.push({ node: node.args, depth });
  }
  return null;
}

/** `inputs.name`, `values["name"]` and the like; a name that is computed cannot be known. */
function namesIn(root: ASTNode): readonly ConditionName[] {
  const found = new Map<string, ConditionName>();
  const open: unknown[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...next.map((item: unknown) => item));
    else if (isNode(next)) {
      const name = nameAt(next);
      if (name !== null) found.set(`${name.of} ${name.name}`, name);
      open.push(next.args);
    }
  }
  return [...found.values()].toReversed();
}

function namesItsSteps(root: ASTNode): boolean {
  const open: unknown[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...next.map((item: unknown) => item));
    else if (isNode(next)) {
      if (next.op === 'id' && next.args === 'steps') return false;
      if (nameAt(next) === null) open.push(next.args);
    }
  }
  return true;
}

function nameAt(node: ASTNode): ConditionName | null {
  if (node.op !== '.' && node.op !== '[]') return null;
  const [owner, key] = node.args;
  if (owner.op !== 'id') return null;
  const of = OWNERS.find((candidate) => candidate === owner.args);
  if (of === undefined) return null;
  if (typeof key === 'string') return { of, name: key };
  return key.op === 'value' && typeof key.args === 'string' ? { of, name: key.args } : null;
}

const OWNERS = ['inputs', 'values', 'steps'] as const;

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** In a line. Most errors are the library's own; some of what it calls, such as unknown time zones, come as they are. */
function summaryOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message;
  return summary.split('\n')[0] ?? '';
}

function rangeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('range' in error)) return null;
  const { range } = error;
  return typeof range === 'object' && range !== null && 'start' in range && typeof range.start === 'number' ? range.start : null;
}
