// An API failure as people can use it: the server's sentence, a code to copy, and whether the server was reached at all.
import type { CombinedError } from '@urql/vue';

export interface ApiError {
  /** The server's sentence; null when it was not reached or did not say. */
  readonly message: string | null;
  readonly code: string;
  /** The field of the form that it is about; null when it is about the whole. */
  readonly field: string | null;
  /** For the server's log. */
  readonly requestId: string | null;
  readonly isOffline: boolean;
}

/** What a failed call means to a person. */
export function apiError(error: CombinedError): ApiError {
  const first = error.graphQLErrors[0];
  if (first === undefined) return { message: null, code: 'NETWORK', field: null, requestId: null, isOffline: true };
  const { code, field, requestId } = first.extensions as { code?: unknown; field?: unknown; requestId?: unknown };
  return {
    message: first.message,
    code: typeof code === 'string' ? code : 'INTERNAL',
    field: typeof field === 'string' ? field : null,
    requestId: typeof requestId === 'string' ? requestId : null,
    isOffline: false,
  };
}
