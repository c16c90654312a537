// Reading a page's data again: a single piece of news is never lost, a burst is answered by few reads.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { graphql } from '../../../web/graphql/graphql.ts';

const executeQuery = vi.fn();
vi.mock('@urql/vue', () => ({ useQuery: () => ({ data: ref(), error: ref(), fetching: ref(false), executeQuery }) }));
const { useLiveQuery } = await import('../../../web/composables/use-live-query.ts');

const query = graphql(`
  query Probe {
    about {
      version
    }
  }
`);

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
