// The output of the step on view: its tail at once, the rest from line 1 behind it, and what arrives live, each chunk once.
import { useClientHandle } from '@urql/vue';
import { type Ref, shallowRef, watch } from 'vue';
import { LogBuffer, type LogLine } from '../components/log/log-buffer.ts';
import { DrillOutputQuery } from '../graphql/drills.ts';
import { onReconnect } from '../graphql/socket.ts';
import { tryOnScopeDispose } from '@vueuse/core';
import type { ApiError } from './api-error.ts';
import { apiError } from './api-error.ts';
import { useDrill } from './use-drill.ts';

/** The API hands out at most this many chunks at a time. */
const PAGE = 100;

interface StepLog {
  readonly buffer: LogBuffer;
  isComplete: boolean;
}

/** Lines of one step. `isComplete` is false while earlier lines are still being read: until then lines have no numbers. */
export function useDrillLog(step: () => string | null) {
  const { client } = useClientHandle();
  const { id, onOutput } = useDrill();
  const logs = new Map<string, StepLog>();
  const lines: Ref<readonly LogLine[]> = shallowRef([]);
  const isComplete = shallowRef(false);
  const problem = shallowRef<ApiError | null>(null);

  function show(): void {
    const log = logs.get(step() ?? '');
    // A new array each time: the buffer grows in place, and what is on screen must see that.
    lines.value = log ? [...log.buffer.lines] : [];
    isComplete.value = log?.isComplete ?? false;
  }

  async function page(of: string, after: number, isFromEnd: boolean) {
    const variables = { id: id(), step: of, after, first: PAGE, isFromEnd };
    const { data, error } = await client.query(DrillOutputQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    problem.value = error ? apiError(error) : null;
    return data?.drill?.output ?? null;
  }

  async function open(of: string): Promise<void> {
    if (logs.has(of)) return show();
    const log: StepLog = { buffer: new LogBuffer(), isComplete: false };
    logs.set(of, log);
    show();
    const tail = await page(of, 0, true);
    if (tail === null) return void logs.delete(of);
    log.buffer.add(tail);
    log.isComplete = tail.length < PAGE;
    show();
    if (!log.isComplete) await fill(of, log, tail[0]?.seq ?? 0);
  }

  /** Reads from the first line until what is known is reached. */
  async function fill(of: string, log: StepLog, until: number): Promise<void> {
    let after = 0;
    while (after < until) {
      const chunks = await page(of, after, false);
      const last = chunks?.at(-1);
      if (!chunks || !last) break;
      log.buffer.add(chunks);
      after = last.seq;
    }
    log.isComplete = true;
    show();
  }

  watch(
    () => [id(), step()] as const,
    ([drillNow, stepNow], before) => {
      if (before && before[0] !== drillNow) logs.clear();
      if (stepNow !== null) void open(stepNow);
      else show();
    },
    { immediate: true },
  );
  onOutput((chunks) => {
    let isShown = false;
    for (const chunk of chunks) {
      const isNew = logs.get(chunk.step)?.buffer.add([chunk]) ?? false;
      isShown ||= isNew && chunk.step === step();
    }
    if (isShown) show();
  });
  // What could not be read while the link was down is asked for again.
  tryOnScopeDispose(onReconnect(() => (step() === null ? undefined : void open(step() ?? ''))));
  return { lines, isComplete, problem };
}
