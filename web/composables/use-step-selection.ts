// Which step is on view: the one in the URL, else the one that runs or ran last; and the keys that move it.
import { type ComputedRef, computed, nextTick } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { DrillDetail, StepDetail } from '../components/drill/drill-type.ts';
import { isStepFailed } from '../components/state/states.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** The selected step with its number; null for a drill without steps. */
export function useStepSelection(drill: () => DrillDetail | null | undefined) {
  const route = useRoute();
  const router = useRouter();
  const steps = computed(() => drill()?.steps ?? []);
  const index = computed(() => {
    const asked = steps.value.findIndex((step) => step.id === route.query['step']);
    return asked >= 0 ? asked : liveIndex(steps.value);
  });
  const selected: ComputedRef<{ step: StepDetail; number: number } | null> = computed(() => {
    const step = steps.value[index.value];
    return step ? { step, number: index.value + 1 } : null;
  });

  function select(id: string): void {
    void router.replace({ query: { ...route.query, step: id } });
  }

  function selectAt(next: number): void {
    const step = steps.value[next];
    if (!step) return;
    select(step.id);
    void nextTick(() => document.querySelector(`[data-step="${CSS.escape(step.id)}"]`)?.scrollIntoView({ block: 'nearest' }));
  }

  /** The next step that fits, going round. */
  function selectNext(fits: (step: StepDetail) => boolean): void {
    const count = steps.value.length;
    for (let offset = 1; offset <= count; offset += 1) {
      const at = (index.value + offset) % count;
      const step = steps.value[at];
      if (step && fits(step)) return selectAt(at);
    }
  }

  useShortcuts({
    j: () => selectAt(Math.min(index.value + 1, steps.value.length - 1)),
    k: () => selectAt(Math.max(index.value - 1, 0)),
    f: () => selectNext((step) => isStepFailed(step.state)),
    w: () => selectNext((step) => step.state === 'WAITING'),
  });
  return { selected, select };
}

/** The running step, else the last that began, else the first. */
function liveIndex(steps: readonly StepDetail[]): number {
  const running = steps.findIndex(({ state }) => state === 'LAUNCHED' || state === 'INTENT');
  if (running >= 0) return running;
  let last = 0;
  let lastAt = '';
  for (const [index, step] of steps.entries()) {
    if (step.startedAt !== null && step.state !== 'WAITING' && step.startedAt >= lastAt) [last, lastAt] = [index, step.startedAt];
  }
  return last;
}
