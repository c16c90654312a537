// One drill, live: read once, then read again on each event, with its feed shared by the parts of the page.
import { createEventHook, until } from '@vueuse/core';
import { type ComputedRef, type InjectionKey, computed, inject, onScopeDispose, provide, shallowRef, watch } from 'vue';
import type { DrillDetail, FeedEvent, OutputDetail } from '../components/drill/drill-type.ts';
import { DrillQuery } from '../graphql/drills.ts';
import { useOutlook } from './use-outlook.ts';
import { onReconnect } from '../graphql/socket.ts';
import type { ApiError } from './api-error.ts';
import { followDrill } from './drill-feed.ts';
import { useLiveQuery } from './use-live-query.ts';

/** A mutation is shown as sent until its event is on screen, but never longer than this. */
const SETTLE_MS = 5_000;

export interface DrillContext {
  readonly id: () => string;
  readonly drill: ComputedRef<DrillDetail | null | undefined>;
  readonly problem: ComputedRef<ApiError | null>;
  readonly refetch: () => void;
  readonly onOutput: (callback: (chunks: readonly OutputDetail[]) => void) => unknown;
  readonly onEvent: (callback: (event: FeedEvent) => void) => unknown;
  /** Resolves when the page shows the drill with this event in it. */
  readonly shown: (seq: number) => Promise<void>;
}

const KEY: InjectionKey<DrillContext> = Symbol('drill');

/** Loads and follows a drill for the components below. */
export function provideDrill(id: () => string): DrillContext {
  const { data, problem, refetch } = useLiveQuery(DrillQuery, () => ({ id: id() }));
  // While the id changes the old drill must not be shown under the new address.
  const known = computed(() => (data.value?.drill && data.value.drill.id !== id() ? undefined : data.value?.drill));
  const outlook = useOutlook(known);
  const drill = computed(() => (known.value && outlook.value ? { ...known.value, ...outlook.value } : known.value));
  const output = createEventHook<readonly OutputDetail[]>();
  const events = createEventHook<FeedEvent>();
  const stop = shallowRef<() => void>();

  watch(
    () => drill.value?.id,
    (shown) => {
      stop.value?.();
      stop.value = undefined;
      if (shown === undefined || !drill.value) return;
      stop.value = followDrill(shown, drill.value.lastSeq, {
        onEvent: (event) => {
          refetch();
          void events.trigger(event);
        },
        onOutput: (chunks) => void output.trigger(chunks),
      });
    },
    { immediate: true },
  );
  const stopReconnect = onReconnect(refetch);
  onScopeDispose(() => {
    stop.value?.();
    stopReconnect();
  });

  const context: DrillContext = {
    id,
    drill,
    problem,
    refetch,
    onOutput: output.on,
    onEvent: events.on,
    async shown(seq) {
      refetch();
      await until(() => (drill.value?.lastSeq ?? 0) >= seq).toBe(true, { timeout: SETTLE_MS });
    },
  };
  provide(KEY, context);
  return context;
}

/** The drill of the page around; throws outside a drill page, which is a bug. */
export function useDrill(): DrillContext & { readonly known: ComputedRef<DrillDetail> } {
  const context = inject(KEY);
  if (!context) throw new Error('useDrill is called outside a drill page');
  const known = computed(() => {
    if (!context.drill.value) throw new Error('The drill is not loaded: show nothing below before it is');
    return context.drill.value;
  });
  return { ...context, known };
}
