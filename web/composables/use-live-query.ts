// A page's query: data, the failure if any, and reading it again without a flicker.
import { type AnyVariables, type TypedDocumentNode, useQuery } from '@urql/vue';
import { useThrottleFn } from '@vueuse/core';
import { type ComputedRef, type MaybeRefOrGetter, computed, toValue } from 'vue';
import { type ApiError, apiError } from './api-error.ts';

/** News comes in bursts (a drill moves many scores); one read answers them all. */
const REFETCH_EVERY_MS = 400;

export interface LiveQuery<Data> {
  /** Stays what it was while it is read again. */
  readonly data: ComputedRef<Data | undefined>;
  readonly problem: ComputedRef<ApiError | null>;
  readonly isLoading: ComputedRef<boolean>;
  readonly refetch: () => void;
}

/** Runs a query and follows its variables; `refetch` goes to the server at once, and then again once for all that came meanwhile. */
export function useLiveQuery<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: MaybeRefOrGetter<Variables>,
): LiveQuery<Data> {
  const result = useQuery<Data, Variables>({ query: document, variables: computed(() => toValue(variables)) });
  const refetch = useThrottleFn(() => void result.executeQuery({ requestPolicy: 'network-only' }), REFETCH_EVERY_MS, true);
  return {
    data: computed(() => result.data.value),
    problem: computed(() => (result.error.value ? apiError(result.error.value) : null)),
    isLoading: computed(() => result.fetching.value),
    refetch: () => void refetch(),
  };
}
