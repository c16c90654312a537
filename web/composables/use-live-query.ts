// A page's query: data, the failure if any, and reading it again without a flicker.
import { type AnyVariables, type TypedDocumentNode, useQuery } from '@urql/vue';
import { useThrottleFn } from '@vueuse/core';
import { type ComputedRef, type MaybeRefOrGetter, computed, shallowRef, toValue, watch } from 'vue';
import { type ApiError, apiError } from './api-error.ts';

/** News comes in bursts (a drill moves many scores); one read answers them all. */
const REFETCH_EVERY_MS = 400;

export interface LiveQuery<Data> {
  /** Stays what it was while it is read again, and when the server is not reached. */
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
  const asked = computed(() => toValue(variables));
  const result = useQuery<Data, Variables>({ query: document, variables: asked });
  // A lost connection must not take away what a person is reading or about to answer.
  const last = shallowRef<{ readonly asked: string; readonly data: Data }>();
  watch(
    () => result.data.value,
    (data) => {
      if (data !== undefined) last.value = { asked: JSON.stringify(asked.value), data };
    },
    { immediate: true, flush: 'sync' },
  );
  const kept = computed(() => (result.error.value?.networkError && last.value?.asked === JSON.stringify(asked.value) ? last.value.data : undefined));
  const refetch = useThrottleFn(() => void result.executeQuery({ requestPolicy: 'network-only' }), REFETCH_EVERY_MS, true);
  return {
    data: computed(() => result.data.value ?? kept.value),
    problem: computed(() => (result.error.value ? apiError(result.error.value) : null)),
    isLoading: computed(() => result.fetching.value),
    refetch: () => void refetch(),
  };
}
