// A change to a drill: "sending" until its event is on the page, not only until the answer is here.
import type { TypedDocumentNode } from '@urql/vue';
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

/** A request that got no answer: sent again it is the same request, and is taken down once. */
interface Unanswered {
  readonly words: string;
  readonly id: string;
}

/** Wraps a mutation that answers with one drill. It says what the page showed, so that an act that comes too late is told who acted. */
export function useDrillAction<Data extends object, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
): DrillActionState<Variables> {
  const action = useAction(document);
  const { shown, refetch, drill } = useDrill();
  let unanswered: Unanswered | null = null;
  const isSettling = ref(false);
  async function send(variables: Variables): Promise<boolean> {
    const words = JSON.stringify(variables);
    const { id } = unanswered?.words === words ? unanswered : { id: newRequestId() };
    const data = await action.send({ ...variables, asked: { id, basedOn: drill.value?.lastSeq ?? null } });
    unanswered = action.problem.value?.isOffline === true ? { words, id } : null;
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

/** Not `randomUUID`, which browsers keep from pages without TLS. */
function newRequestId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every drill mutation answers with exactly one drill, under the mutation's own name. */
function seqOf(data: object): number {
  const drill: unknown = Object.values(data).find((value) => typeof value === 'object');
  return typeof drill === 'object' && drill !== null && 'lastSeq' in drill ? Number(drill.lastSeq) : 0;
}
