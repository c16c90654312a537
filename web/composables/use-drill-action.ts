// A change to a drill: "sending" until its event is on the page, not only until the answer is here.
import type { AnyVariables, TypedDocumentNode } from '@urql/vue';
import { type Ref, computed, ref } from 'vue';
import type { ApiError } from './api-error.ts';
import { useAction } from './use-action.ts';
import { useDrill } from './use-drill.ts';

export interface DrillActionState<Variables> {
  readonly isSending: Ref<boolean>;
  readonly problem: Ref<ApiError | null>;
  /** True when the server recorded it and the page shows it. */
  readonly send: (variables: Variables) => Promise<boolean>;
}

/** Wraps a mutation that answers with one drill. */
export function useDrillAction<Data extends object, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): DrillActionState<Variables> {
  const action = useAction(document);
  const { shown, refetch } = useDrill();
  const isSettling = ref(false);
  async function send(variables: Variables): Promise<boolean> {
    const data = await action.send(variables);
    if (data === null) {
      // Refused: most often somebody else was first. Show what is so now.
      refetch();
      return false;
    }
    isSettling.value = true;
    await shown(seqOf(data));
    isSettling.value = false;
    return true;
  }
  return { isSending: computed(() => action.isSending.value || isSettling.value), problem: action.problem, send };
}

/** Every drill mutation answers with exactly one drill, under the mutation's own name. */
function seqOf(data: object): number {
  const drill: unknown = Object.values(data).find((value) => typeof value === 'object');
  return typeof drill === 'object' && drill !== null && 'lastSeq' in drill ? Number(drill.lastSeq) : 0;
}
