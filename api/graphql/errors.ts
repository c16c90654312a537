// The one place that turns refusals and exceptions into GraphQL errors.
import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { deny, type Operation, type Subject } from '../application/access.ts';
import { explainTrouble, troubleOf } from '../application/storage-error.ts';
import type { ErrorCode, Refusal, Result } from '../domain/errors.ts';
import type { GraphContext } from './context.ts';

/** The value, or an error that carries the refusal's code, sentence and field. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw errorOf(result.refusal);
}

/** Throws unless the signed-in person may do this. */
export function demand(context: GraphContext, operation: Operation, subject?: Subject): void {
  const refusal = deny(context.actor, operation, subject);
  if (refusal !== null) throw errorOf(refusal);
}

export function errorOf(refusal: Refusal): GraphQLError {
  const { code, message, field, problems } = refusal;
  return new GraphQLError(message, {
    extensions: { code, ...(field === undefined ? {} : { field }), ...(problems === undefined ? {} : { problems }) },
  });
}

/** Codes that Apollo gives to requests which never reached a resolver, in the words of our own list. */
const APOLLO_CODES: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'INVALID_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'INVALID_INPUT',
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'INVALID_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'NOT_FOUND',
};

export interface ErrorFormat {
  /** Told once for each error that nobody expected, under the id that the client is given. */
  readonly report: (id: string, error: unknown) => void;
  /** Leaves out the names of the schema that graphql-js would suggest. */
  readonly hidesNames: boolean;
}

/** graphql-js says it of a document with more tokens than the parser may read. */
const TOO_MANY_TOKENS = /contains more that? \d+ tokens/;
const SUGGESTION = / ?Did you mean .+$/;

/**
 * What a client sees of an error: the code, the sentence, the field, the path. Whatever nobody expected becomes INTERNAL with an
 * id, and goes to `report` under the same id; neither stack nor input leaves the server.
 */
export function formatErrors({ report, hidesNames }: ErrorFormat): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const place = {
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    };
    const original = unwrapResolverError(error);
    if (original instanceof ArgumentValidationError) return { ...place, message: 'An argument is not valid.', extensions: { code: 'INVALID_INPUT' } };
    if (isBadCursor(original)) return { ...place, message: original.message, extensions: { code: 'INVALID_INPUT', field: 'after' } };
    const { code } = formatted.extensions ?? {};
    const refusal = refusalIn(original);
    if (refusal !== null) return { ...place, message: refusal.message, extensions: refusal.extensions };
    const known = typeof code === 'string' ? APOLLO_CODES[code] : undefined;
    if (known !== undefined) return { ...place, ...unreadable(formatted.message, known, hidesNames) };
    // Of an error met before any resolver, such as in looking for the session, Apollo makes one of its own.
    const trouble = troubleOf(original instanceof GraphQLError ? original.originalError : original);
    if (trouble !== null) return { ...place, message: explainTrouble(trouble), extensions: { code: 'UNAVAILABLE' } };
    const id = randomUUID();
    report(id, original);
    return {
      ...place,
      message: `Something went wrong on the server. Quote ${id} when you report it.`,
      extensions: { code: 'INTERNAL', id },
    };
  };
}

function unreadable(message: string, code: ErrorCode, hidesNames: boolean): GraphQLFormattedError {
  if (TOO_MANY_TOKENS.test(message)) {
    return { message: 'The document is too large: it has too many tokens. Ask for less at once.', extensions: { code: 'TOO_COMPLEX' } };
  }
  return { message: hidesNames ? message.replace(SUGGESTION, '') : message, extensions: { code } };
}

/** Stores say it of a cursor that they did not give out. */
function isBadCursor(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'BAD_CURSOR';
}

/** Ours, also under the code that Apollo puts over that of a validation rule. */
function refusalIn(error: unknown): { readonly message: string; readonly extensions: Record<string, unknown> } | null {
  if (!(error instanceof GraphQLError)) return null;
  const { code, field, problems } = error.extensions;
  return isOurs(code) ? { message: error.message, extensions: { code, field, problems } } : refusalIn(error.originalError);
}

function isOurs(code: unknown): boolean {
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' && APOLLO_CODES[code] === undefined;
}
