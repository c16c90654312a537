// The output of the step on view: its tail at once, the rest from line 1 behind it, and what arrives live, each chunk once.
import { useClientHandle } from '@urql/vue';
import { tryOnScopeDispose } from '@vueuse/core';
import { shallowRef, watch } from 'vue';
import type { OutputDetail } from '../components/drill/drill-type.ts';
import { LogBuffer, type LogLine } from '../components/log/log-buffer.ts';
import { DrillOutputQuery } from '../graphql/drills.ts';
import { onReconnect } from '../graphql/socket.ts';
import { type ApiError, apiError } from './api-error.ts';
import { useDrill } from './use-drill.ts';

/** The API hands out at most this many chunks at a time. */
const PAGE = 100;

interface StepLog {
  readonly buffer: LogBuffer;
  isComplete: boolean;
}

/** What is known of the output on view. The lines grow in place; each change comes as a new object. */
export interface LogOnView {
  /** Null before a step is on view. */
  readonly buffer: LogBuffer | null;
  readonly lines: readonly LogLine[];
  /** False while earlier lines are still being read: until then lines have no numbers. */
  readonly isComplete: boolean;
}

/** The output of a step, and of another when the step changes; what has been read is kept while the page lives. */
export function useDrillLog(step: () => string | null) {
  const { client } = useClientHandle();
  const { id, onOutput } = useDrill();
  const logs = new Map<string, StepLog>();
  const log = shallowRef<LogOnView>({ buffer: null, lines: [], isComplete: false });
  const problem = shallowRef<ApiError | null>(null);

  function show(): void {
    const shown = logs.get(step() ?? '');
    log.value = { buffer: shown?.buffer ?? null, lines: shown?.buffer.lines ?? [], isComplete: shown?.isComplete ?? false };
  }

  async function page(of: string, after: number, isFromEnd: boolean) {
    const variables = { id: id(), step: of, after, first: PAGE, isFromEnd };
    const { data, error } = await client.query(DrillOutputQuery, variables, { requestPolicy: 'network-only' }).toPromise();
    problem.value = error ? apiError(error) : null;
    return data?.drill?.output ?? null;
  }

  async function open(of: string): Promise<void> {
    if (logs.has(of)) return show();
    const opened: StepLog = { buffer: new LogBuffer(), isComplete: false };
    logs.set(of, opened);
    show();
    const tail = await page(of, 0, true);
    if (tail !== null) {
      opened.buffer.add(tail);
      opened.isComplete = tail.length < PAGE;
      show();
      if (!opened.isComplete) opened.isComplete = await fill(of, opened, tail[0]?.seq ?? 0);
    }
    // What could not be read is read again when the step is opened next, or the link is back.
    if (!opened.isComplete && logs.get(of) === opened) logs.delete(of);
    else show();
  }

  /** Reads from the first line until what is known is reached, and puts it in at once. False when a page could not be read. */
  async function fill(of: string, opened: StepLog, until: number): Promise<boolean> {
    const earlier: OutputDetail[] = [];
    let after = 0;
    while (after < until - 1) {
      const chunks = await page(of, after, false);
      if (chunks === null) return false;
      earlier.push(...chunks);
      const last = chunks.at(-1);
      if (!last) break;
      after = last.seq;
    }
    opened.buffer.add(earlier);
    return true;
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
    for (const [name, arrived] of Map.groupBy(chunks, (chunk) => chunk.step)) {
      const isNew = logs.get(name)?.buffer.add(arrived) ?? false;
      isShown ||= isNew && name === step();
    }
    if (isShown) show();
  });
  tryOnScopeDispose(
    onReconnect(() => {
      const shown = step();
      if (shown !== null && !logs.has(shown)) void open(shown);
    }),
  );
  return { log, problem };
}
