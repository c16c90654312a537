// The present, once a second, by the server's clock; one timer for the whole page.
import { createSharedComposable, useIntervalFn } from '@vueuse/core';
import { type Ref, ref } from 'vue';
import { serverNow } from '../graphql/server-clock.ts';

const TICK_MS = 1_000;

/** Milliseconds since the epoch, moving every second while anything uses it. */
export const useNow = createSharedComposable((): Ref<number> => {
  const now = ref(serverNow());
  useIntervalFn(() => {
    now.value = serverNow();
  }, TICK_MS);
  return now;
});
