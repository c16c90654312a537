// "Load more" by keyset: the first page is live, further pages are added below it until the question changes.
import { type AnyVariables, type TypedDocumentNode, useClientHandle } from '@urql/vue';
import { computed, shallowRef, watch } from 'vue';

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

interface Question<Node, Data, Variables> {
  /** The variables after a cursor, null for the first page; a change starts over. */
  readonly variables: (after: string | null) => Variables;
  readonly pick: (data: Data) => Page<Node>;
}

/** Rows of the first page and of all that were asked for after it. */
export function usePaged<Node, Data, Variables extends AnyVariables>(
  first: () => Page<Node> | undefined,
  document: TypedDocumentNode<Data, Variables>,
  { variables, pick }: Question<Node, Data, Variables>,
) {
  const { client } = useClientHandle();
  const further = shallowRef<readonly Page<Node>[]>([]);
  const isLoadingMore = shallowRef(false);
  const last = computed(() => further.value.at(-1) ?? first());
  watch(
    () => JSON.stringify(variables(null)),
    () => (further.value = []),
  );

  async function loadMore(): Promise<void> {
    const after = last.value?.pageInfo.endCursor;
    if (!after || isLoadingMore.value) return;
    const asked = JSON.stringify(variables(null));
    isLoadingMore.value = true;
    const { data } = await client.query(document, variables(after)).toPromise();
    isLoadingMore.value = false;
    // An answer to an older question is of no use.
    if (data && asked === JSON.stringify(variables(null))) further.value = [...further.value, pick(data)];
  }

  return {
    rows: computed(() => [first(), ...further.value].flatMap((page) => page?.edges.map(({ node }) => node) ?? [])),
    hasMore: computed(() => last.value?.pageInfo.hasNextPage === true),
    isLoadingMore,
    loadMore,
  };
}
