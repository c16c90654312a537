// What waits for the signed-in person; asked again now and then, for there is no event for it.
import { useQuery } from '@urql/vue';
import { createSharedComposable, useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { computed } from 'vue';
import { WaitingQuery } from '../graphql/session.ts';
import { useAlertSetting } from './alert-setting.ts';

/** A person called upon should see it within seconds; the query is small. */
const ASK_EVERY_MS = 5_000;
/** As many as the bell shows and notices are given for; the inbox has all. */
const FIRST = 12;

/** The most urgent items and how many there are, shared by the bell, the tab title and the notices. */
export const useWaiting = createSharedComposable(() => {
  const waiting = useQuery({ query: WaitingQuery, variables: { first: FIRST } });
  const visibility = useDocumentVisibility();
  const { isOn } = useAlertSetting();
  const refetch = (): void => void waiting.executeQuery({ requestPolicy: 'network-only' });
  useIntervalFn(() => {
    // Out of sight the answer is only needed for notices.
    if (visibility.value === 'visible' || isOn.value) refetch();
  }, ASK_EVERY_MS);
  return {
    items: computed(() => waiting.data.value?.waitingForMe.edges.map(({ node }) => node) ?? []),
    count: computed(() => waiting.data.value?.waitingForMe.totalCount ?? 0),
    isKnown: computed(() => waiting.data.value !== undefined),
    refetch,
  };
});
