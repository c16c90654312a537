// The lines on view and the search in them: by host, by text, and which match the search stands at.
import { refDebounced } from '@vueuse/core';
import { type ComputedRef, type Ref, computed, ref, watch } from 'vue';
import type { LogOnView } from '../../composables/use-drill-log.ts';
import { type LineFilter, LogSearch } from './log-search.ts';
import { firstAtLeast, type LogSlice, sliceLines } from './log-slice.ts';

/** A long log is searched when the typing pauses, and not at each key. */
const TYPING_MS = 120;

export interface LogLines {
  readonly host: Ref<string>;
  readonly find: Ref<string>;
  /** Only lines that fit are on view. */
  readonly isOnly: Ref<boolean>;
  readonly slice: ComputedRef<LogSlice>;
  /** What the lines on view were searched for. */
  readonly searched: Readonly<Ref<string>>;
  readonly count: ComputedRef<number>;
  /** From 1; 0 before the first step. */
  readonly at: ComputedRef<number>;
  readonly current: Ref<number | null>;
  /** To the next match, or the one before, going round. */
  readonly step: (by: 1 | -1) => void;
  readonly reset: () => void;
}

export function useLogLines(log: Readonly<Ref<LogOnView>>): LogLines {
  const host = ref('');
  const find = ref('');
  const searched = refDebounced(find, TYPING_MS);
  const isOnly = ref(false);
  /** Number of the line that the search stands at: lines that come later do not move it. */
  const current = ref<number | null>(null);

  const ofHost = searchIn(log, () => ({ host: host.value, text: '' }));
  const matches = searchIn(log, () => ({ host: host.value, text: searched.value }));
  const slice = computed(() => {
    if (isOnly.value && matches.value !== null && searched.value !== '') return sliceLines(log.value.lines, matches.value);
    return sliceLines(log.value.lines, ofHost.value);
  });
  const found = computed(() => (searched.value === '' ? [] : (matches.value ?? [])));
  const at = computed(() => (current.value === null ? 0 : firstAtLeast(found.value, current.value - 1) + 1));

  function step(by: 1 | -1): void {
    const count = found.value.length;
    if (count === 0) return;
    const next = current.value === null ? (by > 0 ? 0 : count - 1) : (at.value - 1 + by + count) % count;
    const index = found.value[next];
    current.value = index === undefined ? null : index + 1;
  }

  watch([searched, host], () => {
    current.value = null;
    if (searched.value === '') isOnly.value = false;
    else step(1);
  });
  return {
    host,
    find,
    isOnly,
    slice,
    searched,
    count: computed(() => found.value.length),
    at,
    current,
    step,
    reset() {
      [host.value, find.value, isOnly.value, current.value] = ['', '', false, null];
    },
  };
}

/** Null when every line fits. The search of one log goes on where it was when lines come in. */
function searchIn(log: Readonly<Ref<LogOnView>>, filter: () => LineFilter): ComputedRef<readonly number[] | null> {
  const search = computed(() => {
    const { host, text } = filter();
    const { buffer } = log.value;
    return buffer === null || (host === '' && text === '') ? null : new LogSearch({ host, text }, buffer);
  });
  let known: LogSearch | null = null;
  let searchedLog: LogOnView['buffer'] = null;
  return computed(() => {
    const made = search.value;
    const isSame = made !== null && known !== null && searchedLog === log.value.buffer && sameFilter(made.filter, known.filter);
    if (!isSame) [known, searchedLog] = [made, log.value.buffer];
    const found = known?.lines() ?? null;
    // A list of its own: what is looked at elsewhere must be seen to have changed.
    return found === null ? null : [...found];
  });
}

function sameFilter(a: LineFilter, b: LineFilter): boolean {
  return a.host === b.host && a.text === b.text;
}
