// A choice of aws:branch as a condition of the language.
import { parseCondition } from '../../domain/runbook/condition.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { soleName } from './document.ts';
import type { SsmDocument } from './document.ts';

/** Null when it compares what a runbook does not know, or in a way that it cannot. */
export function conditionOf(choice: unknown, document: SsmDocument): string | null {
  const text = expressionOf(choice, document, 0);
  return text !== null && parseCondition(text).ok ? text : null;
}

/** Choices nest a level or two; more is nothing that people can follow. */
const DEEPEST = 8;

function expressionOf(choice: unknown, document: SsmDocument, depth: number): string | null {
  if (!isMap(choice) || depth > DEEPEST) return null;
  if (choice['Not'] !== undefined) return wrapped(expressionOf(choice['Not'], document, depth + 1), '!');
  for (const [key, word] of [
    ['And', ' && '],
    ['Or', ' || '],
  ] as const) {
    const parts = choice[key];
    if (!isList(parts)) continue;
    const texts = parts.map((part) => wrapped(expressionOf(part, document, depth + 1), ''));
    return texts.length === 0 || texts.includes(null) ? null : texts.join(word);
  }
  return comparisonOf(choice, document);
}

function wrapped(text: string | null, before: string): string | null {
  if (text === null) return null;
  return before === '' && !/&&|\|\|/.test(text) ? text : `${before}(${text})`;
}

const OPERATORS: Readonly<Record<string, (left: string, right: string) => string>> = {
  StringEquals: (left, right) => `${left} == ${right}`,
  StartsWith: (left, right) => `${left}.startsWith(${right})`,
  EndsWith: (left, right) => `${left}.endsWith(${right})`,
  Contains: (left, right) => `${left}.contains(${right})`,
  NumericEquals: (left, right) => `${left} == ${right}`,
  NumericGreater: (left, right) => `${left} > ${right}`,
  NumericGreaterOrEquals: (left, right) => `${left} >= ${right}`,
  NumericLesser: (left, right) => `${left} < ${right}`,
  NumericLesserOrEquals: (left, right) => `${left} <= ${right}`,
  BooleanEquals: (left, right) => `${left} == ${right}`,
};

function comparisonOf(choice: Readonly<Record<string, unknown>>, document: SsmDocument): string | null {
  const keys = Object.keys(choice).filter((key) => key !== 'Variable' && key !== 'NextStep');
  const [key] = keys;
  const operator = key === undefined || keys.length > 1 ? undefined : OPERATORS[key];
  if (key === undefined || operator === undefined) return null;
  const sort = key.startsWith('Numeric') ? 'number' : key.startsWith('Boolean') ? 'boolean' : 'string';
  const left = operandOf(choice['Variable'], sort, document);
  const right = operandOf(choice[key], sort, document);
  return left === null || right === null ? null : operator(left, right);
}

type Sort = 'number' | 'boolean' | 'string';

/** A parameter or captured value, or a constant. */
function operandOf(value: unknown, sort: Sort, document: SsmDocument): string | null {
  const text = scalarText(value);
  if (text === null) return null;
  const name = soleName(text);
  if (name === null) return text.includes('{{') ? null : constantOf(text, sort);
  const captured = document.captured.get(name);
  if (captured !== undefined) return sort === 'string' ? `values.${captured}` : sort === 'number' ? `double(values.${captured})` : null;
  const parameter = document.parameters.get(name);
  if (parameter === undefined) return null;
  const own: Sort = parameter.type === 'number' || parameter.type === 'boolean' ? parameter.type : 'string';
  const operand = `inputs.${parameter.variable()}`;
  if (own === sort) return operand;
  if (sort === 'string') return `string(${operand})`;
  return sort === 'number' && own === 'string' ? `double(${operand})` : null;
}

function constantOf(text: string, sort: Sort): string | null {
  if (sort === 'string') return JSON.stringify(text);
  if (sort === 'boolean') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : null;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? (text.includes('.') ? text : `${text}.0`) : null;
}
