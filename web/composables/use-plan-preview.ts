// The plan that what is typed would make, read again shortly after the last key.
import { useQuery } from '@urql/vue';
import { refDebounced } from '@vueuse/core';
import { type ComputedRef, computed, ref, watch } from 'vue';
import { PreviewQuery, type StartQuery } from '../graphql/plans.ts';
import type { ResultOf, SchemaEnum } from '../graphql/graphql.ts';
import { apiError } from './api-error.ts';

/** The plan is asked for again this long after the last key. */
const SETTLE_MS = 250;

type Runbook = NonNullable<ResultOf<typeof StartQuery>['runbook']>;

/** Values of inputs, the plan they make, and what is wrong with them. */
export function usePlanPreview(runbook: ComputedRef<Runbook | null | undefined>, mode: ComputedRef<SchemaEnum<'DrillMode'>>) {
  const inputs = computed(() => runbook.value?.approved?.inputs ?? []);
  const values = ref<Record<string, string>>({});
  watch(
    inputs,
    (list) => {
      const defaults = Object.fromEntries(list.flatMap((input) => (input.default === null ? [] : [[input.name, input.default]])));
      const known = new Set(list.map(({ name }) => name));
      // What was typed stays when the runbook is read again; what belongs to another one goes.
      values.value = { ...defaults, ...Object.fromEntries(Object.entries(values.value).filter(([name]) => known.has(name))) };
    },
    { immediate: true },
  );

  const planInput = computed(() => ({
    runbook: runbook.value?.key ?? '',
    mode: mode.value,
    inputs: Object.entries(values.value)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => ({ name, value })),
  }));
  const settled = refDebounced(planInput, SETTLE_MS);
  const preview = useQuery({
    query: PreviewQuery,
    variables: computed(() => ({ input: settled.value })),
    pause: computed(() => !runbook.value?.approved || settled.value.runbook !== runbook.value.key),
  });
  const plan = computed(() => preview.data.value?.previewDrill);
  return {
    inputs,
    values,
    planInput,
    plan,
    problem: computed(() => (preview.error.value ? apiError(preview.error.value) : null)),
    /** The plan on screen is not the one of what is typed. */
    isStale: computed(() => preview.fetching.value || JSON.stringify(settled.value) !== JSON.stringify(planInput.value)),
    missing: computed(() => inputs.value.filter((input) => input.isRequired && (values.value[input.name] ?? '') === '').map(({ ask }) => ask)),
    /** The server's sentence by input. */
    inputProblems: computed(() =>
      Object.fromEntries((plan.value?.problems ?? []).flatMap(({ field, message }) => (field ? [[field.replace(/^inputs\./u, ''), message]] : []))),
    ),
    refetch: () => void preview.executeQuery({ requestPolicy: 'network-only' }),
  };
}
