// What is expected of a running drill moves with the clock alone, when a step overruns: it is read again now and then between events.
import { useClientHandle } from '@urql/vue';
import { useDocumentVisibility, useIntervalFn } from '@vueuse/core';
import { type ComputedRef, type Ref, computed, shallowRef } from 'vue';
import type { DrillDetail } from '../components/drill/drill-type.ts';
import { isBeforeStart, isOver } from '../components/state/states.ts';
import { DrillOutlookQuery } from '../graphql/drill-measures.ts';

/** Often enough for a clock in minutes, and a small question. */
const READ_EVERY_MS = 10_000;

export type DrillOutlook = Pick<DrillDetail, 'expectedEndAt' | 'expectedRecoveryAt' | 'remainingCritical'>;

/** Null until it has been read since the drill itself was; each event brings a newer drill, and with it a newer outlook. */
export function useOutlook(drill: ComputedRef<DrillDetail | null | undefined>): ComputedRef<DrillOutlook | null> {
  const { client } = useClientHandle();
  const visibility = useDocumentVisibility();
  const read: Ref<{ readonly of: DrillDetail; readonly outlook: DrillOutlook } | null> = shallowRef(null);

  async function readAgain(): Promise<void> {
    const of = drill.value;
    if (!of || isOver(of.state) || isBeforeStart(of.state) || visibility.value === 'hidden') return;
    const { data } = await client.query(DrillOutlookQuery, { id: of.id }, { requestPolicy: 'network-only' }).toPromise();
    // What could not be read is read at the next turn; the page says by itself that the link is lost.
    if (data?.drill && drill.value === of) read.value = { of, outlook: data.drill };
  }
  useIntervalFn(() => void readAgain(), READ_EVERY_MS);
  return computed(() => (read.value !== null && read.value.of === drill.value ? read.value.outlook : null));
}
