// A change asked of the server: never optimistic. It is "sending" until the answer is here, and says why when it is refused.
import { type AnyVariables, type TypedDocumentNode, useMutation } from '@urql/vue';
import { type Ref, ref } from 'vue';
import { type ApiError, apiError } from './api-error.ts';

export interface Action<Data, Variables> {
  readonly isSending: Ref<boolean>;
  readonly problem: Ref<ApiError | null>;
  /** The answer, or null when it was refused; `problem` then says why. A second call while one is under way does nothing. */
  readonly send: (variables: Variables) => Promise<Data | null>;
}

/** Wraps one mutation for a button or a form. */
export function useAction<Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>): Action<Data, Variables> {
  const mutation = useMutation<Data, Variables>(document);
  const isSending = ref(false);
  const problem = ref<ApiError | null>(null);
  async function send(variables: Variables): Promise<Data | null> {
    if (isSending.value) return null;
    isSending.value = true;
    problem.value = null;
    try {
      const { data, error } = await mutation.executeMutation(variables);
      if (error) problem.value = apiError(error);
      return error ? null : (data ?? null);
    } finally {
      isSending.value = false;
    }
  }
  return { isSending, problem, send };
}
