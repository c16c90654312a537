// The part of a long log that is in the page: which lines, where they stand, and holding the place while heights become known.
import { useElementSize, useEventListener } from '@vueuse/core';
import { type Ref, computed, nextTick, ref, shallowRef, watch } from 'vue';
import { LineHeights } from './line-heights.ts';

export const LINE_PX = 20;
/** Lines beyond either edge, so that a slow repaint shows no gap. */
const OVERSCAN = 10;
/** However tall the window is, no more rows than this are in the page. */
const ROWS_MAX = 100;
/** This near the end counts as at the end. */
const END_PX = 24;

export interface LogWindow {
  readonly first: Ref<number>;
  readonly last: Ref<number>;
  readonly topPx: Ref<number>;
  readonly totalPx: Ref<number>;
  readonly toEnd: () => Promise<void>;
  readonly toLine: (index: number) => Promise<void>;
}

interface Options {
  readonly scroller: Readonly<Ref<HTMLElement | null>>;
  readonly count: () => number;
  /** Rows of one height need no measuring. */
  readonly isWrapped: () => boolean;
  /** A person has scrolled: to the end, or away from it. */
  readonly onScrolled: (isAtEnd: boolean) => void;
}

/** Rows must carry `data-index` and stand one below the other at `topPx`. */
export function useLogWindow({ scroller, count, isWrapped, onScrolled }: Options): LogWindow {
  const heights = new LineHeights(LINE_PX);
  const version = ref(0);
  const scrollTop = ref(0);
  const { width, height } = useElementSize(scroller);
  let lastTop = 0;
  /** A line that is to stand at the top until somebody scrolls. */
  let pinned: number | null = null;
  const touched = shallowRef(false);

  const first = computed(() => Math.max(0, lineAt(scrollTop.value) - OVERSCAN));
  const last = computed(() => Math.min(count(), first.value + ROWS_MAX, lineAt(scrollTop.value + height.value) + 1 + OVERSCAN));
  const topPx = computed(() => (void version.value, heights.topOf(first.value)));
  const totalPx = computed(() => (void version.value, void count(), heights.resize(count()), heights.totalPx));

  function lineAt(px: number): number {
    void version.value;
    heights.resize(count());
    return heights.lineAt(px);
  }

  /** Takes the heights of the rows in the page; true when one was not what it was thought to be. */
  function measure(): boolean {
    const element = scroller.value;
    if (!element || !isWrapped()) return false;
    let isNew = false;
    for (const row of element.querySelectorAll<HTMLElement>('[data-index]')) {
      isNew = heights.measure(Number(row.dataset['index']), Math.max(LINE_PX, row.offsetHeight)) || isNew;
    }
    if (isNew) version.value += 1;
    return isNew;
  }

  function scrollTo(px: number): void {
    const element = scroller.value;
    if (!element) return;
    element.scrollTop = px;
    lastTop = element.scrollTop;
    scrollTop.value = element.scrollTop;
  }

  /** Goes to a place that moves while the lines around it are measured: at most a few times, then it stands. */
  async function settle(place: () => number): Promise<void> {
    for (let tries = 0; tries < 4; tries += 1) {
      await nextTick();
      scrollTo(place());
      await nextTick();
      if (!measure()) break;
    }
    await nextTick();
    scrollTo(place());
  }

  async function toEnd(): Promise<void> {
    pinned = null;
    await settle(() => scroller.value?.scrollHeight ?? 0);
  }

  async function toLine(index: number): Promise<void> {
    pinned = index;
    await settle(() => heights.topOf(index));
  }

  useEventListener(
    scroller,
    'scroll',
    () => {
      const element = scroller.value;
      if (!element || element.scrollTop === lastTop) return;
      pinned = null;
      scrollTop.value = element.scrollTop;
      const isUp = element.scrollTop < lastTop;
      lastTop = element.scrollTop;
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
      if (isAtEnd || isUp) onScrolled(isAtEnd);
      touched.value = !touched.value;
    },
    { passive: true },
  );
  // What comes into sight is measured, and the line at the top stays where it is.
  watch(
    [first, last, touched, version],
    () => {
      const anchor = pinned ?? heights.lineAt(scrollTop.value);
      const offset = pinned === null ? scrollTop.value - heights.topOf(anchor) : 0;
      if (measure()) void nextTick(() => scrollTo(heights.topOf(anchor) + offset));
    },
    { flush: 'post' },
  );
  watch([width, isWrapped], () => {
    const anchor = heights.lineAt(scrollTop.value);
    heights.forget();
    version.value += 1;
    void nextTick(() => scrollTo(heights.topOf(anchor)));
  });
  return { first, last, topPx, totalPx, toEnd, toLine };
}
