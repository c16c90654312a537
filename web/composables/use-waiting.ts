// What waits for the signed-in person; asked again now and then, for there is no event for it.
import { useQuery } from '@urql/vue';
import { createSharedComposable, useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { computed } from 'vue';
import { WaitingQuery } from '../graphql/session.ts';

/** A person called upon should see it within seconds; the query is small. */
const ASK_EVERY_MS = 5_000;

/** The items, shared by the bell and the tab title. */
export const useWaiting = createSharedComposable(() => {
  const waiting = useQuery({ query: WaitingQuery });
  const visibility = useDocumentVisibility();
  useIntervalFn(() => {
    if (visibility.value === 'visible') waiting.executeQuery({ requestPolicy: 'network-only' });
  }, ASK_EVERY_MS);
  return { items: computed(() => waiting.data.value?.waitingForMe ?? []) };
});
