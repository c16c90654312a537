// Whether the server can store what happens; asked again now and then, for while it cannot there may be no event to tell it.
import { useQuery } from '@urql/vue';
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { type ComputedRef, computed, shallowRef, watch } from 'vue';
import { StorageQuery } from '../graphql/storage.ts';
import { serverNow } from '../graphql/server-clock.ts';
import { apiError } from './api-error.ts';

/** Somebody who looks at a drill should learn within seconds why nothing starts. */
const ASK_EVERY_MS = 5_000;

export type StorageReason = 'DISK_FULL' | 'FAILING' | 'UNREACHABLE';

export interface StorageOutage {
  /** ISO 8601. */
  readonly since: string;
  readonly reason: StorageReason;
}

/** Null while all is stored, and while the server itself does not answer. */
export function useStorageOutage(): ComputedRef<StorageOutage | null> {
  const asked = useQuery({ query: StorageQuery, requestPolicy: 'network-only' });
  const visibility = useDocumentVisibility();
  useIntervalFn(() => {
    if (visibility.value === 'visible') void asked.executeQuery({ requestPolicy: 'network-only' });
  }, ASK_EVERY_MS);
  // Without its database the server cannot look up who asks, so it answers nobody: the error is the news then.
  const isRefused = computed(() => asked.error.value !== undefined && apiError(asked.error.value).code === 'UNAVAILABLE');
  const refusedSince = shallowRef<string | null>(null);
  watch(isRefused, (isNow) => (refusedSince.value = isNow ? new Date(serverNow()).toISOString() : null), { immediate: true });
  return computed(() => {
    if (refusedSince.value !== null) return { since: refusedSince.value, reason: 'UNREACHABLE' };
    const storage = asked.data.value?.storage;
    if (storage === undefined || storage.isWritable || storage.since === null || storage.reason === null) return null;
    return { since: storage.since, reason: storage.reason };
  });
}
