// Reading a page's data again: a single piece of news is never lost, a burst is answered by few reads.
import { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref, shallowRef } from 'vue';
import type { CombinedError } from '@urql/vue';
import { graphql } from '../../../web/graphql/graphql.ts';

const executeQuery = vi.fn();
const data = shallowRef<{ about: { version: string } }>();
const error = shallowRef<Pick<CombinedError, 'networkError' | 'graphQLErrors'>>();
vi.mock('@urql/vue', () => ({ useQuery: () => ({ data, error, fetching: ref(false), executeQuery }) }));
const { useLiveQuery } = await import('../../../web/composables/use-live-query.ts');

const query = graphql(`
  query Probe {
    about {
      version
    }
  }
`);

const version = (about: string) => ({ about: { version: about } });

function answer(next: { data?: ReturnType<typeof version>; error?: Pick<CombinedError, 'networkError' | 'graphQLErrors'> }): void {
  error.value = next.error;
  data.value = next.data;
}

describe('reading again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    executeQuery.mockClear();
  });
  afterEach(() => vi.useRealTimers());

  it('answers a single piece of news at once', () => {
    const { refetch } = useLiveQuery(query, {});
    vi.advanceTimersByTime(60_000);
    refetch();
    expect(executeQuery).toHaveBeenCalledTimes(1);
    expect(executeQuery).toHaveBeenCalledWith({ requestPolicy: 'network-only' });
  });

  it('answers a burst with a first and a last read', () => {
    const { refetch } = useLiveQuery(query, {});
    vi.advanceTimersByTime(60_000);
    for (let news = 0; news < 20; news += 1) refetch();
    vi.advanceTimersByTime(1_000);
    expect(executeQuery).toHaveBeenCalledTimes(2);
  });
});

describe('what was read', () => {
  it('stays on the page when the server is not reached, with the failure beside it', () => {
    const page = useLiveQuery(query, {});
    answer({ data: version('1') });
    answer({ error: { networkError: new Error('gone'), graphQLErrors: [] } });
    expect(page.data.value).toEqual(version('1'));
    expect(page.problem.value?.isOffline).toBe(true);
    answer({ data: version('2') });
    expect([page.data.value, page.problem.value]).toEqual([version('2'), null]);
  });

  it('goes when the server refuses it, and when another question is asked', () => {
    const id = ref('a');
    const page = useLiveQuery(query, () => ({ id: id.value }));
    answer({ data: version('1') });
    answer({ error: { graphQLErrors: [new GraphQLError('No.')] } });
    expect(page.data.value).toBeUndefined();
    answer({ data: version('1') });
    id.value = 'b';
    answer({ error: { networkError: new Error('gone'), graphQLErrors: [] } });
    expect(page.data.value).toBeUndefined();
  });
});
