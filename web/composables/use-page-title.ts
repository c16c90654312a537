// The tab's title: what waits for me, then the page.
import { useTitle } from '@vueuse/core';
import { type MaybeRefOrGetter, computed, toValue } from 'vue';
import { useWaiting } from './use-waiting.ts';

/** Sets the title while the page lives; `(2) Overview · Muster` when two things wait. */
export function usePageTitle(title: MaybeRefOrGetter<string>): void {
  const { count } = useWaiting();
  useTitle(computed(() => `${count.value > 0 ? `(${count.value}) ` : ''}${toValue(title)} · Muster`));
}
