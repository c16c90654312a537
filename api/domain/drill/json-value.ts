// The value that a JSONPath finds in output, as text.
import { query } from 'jsonpath-rfc9535';
import { done, refused, type Result } from '../errors.ts';

/** The first one: text as it is, anything else as JSON. The refusal continues a sentence. */
export function firstAt(path: string, output: string): Result<string> {
  const document = parsed(output);
  if (!document.ok) return document;
  const [first] = query(document.value, path);
  if (first === undefined) return refused('INVALID_INPUT', `Nothing was found at ${path}`);
  return done(typeof first === 'string' ? first : JSON.stringify(first));
}

type Json = Parameters<typeof query>[0];

function parsed(output: string): Result<Json> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what JSON.parse gives is JSON
    return done(JSON.parse(output) as Json);
  } catch (error) {
    if (error instanceof SyntaxError) return refused('INVALID_INPUT', 'The output is not JSON');
    throw error;
  }
}
