// What a step was expected to take, what it took, and how each of the two is known, as one sentence.
import type { StepDetail } from './drill-type.ts';
import type { Span } from './step-bars.ts';

export interface Words {
  readonly t: (key: string, values: Record<string, unknown>, plural: number) => string;
  readonly duration: (ms: number) => string;
}

type Expected = { readonly planned: Pick<StepDetail['planned'], 'expectation'> };

/** Empty for a step that takes no time of its own. */
export function expectationText({ planned }: Expected, actual: Span | null, words: Words): string {
  const took = actual === null ? '' : words.t('expected.took', { time: words.duration(actual.endMs - actual.startMs) }, 1);
  return [expectedText(planned.expectation, words), took].filter((part) => part !== '').join(' ');
}

function expectedText({ basis, ms, runs, minMs, maxMs }: Expected['planned']['expectation'], { t, duration }: Words): string {
  const time = duration(ms);
  switch (basis) {
    case 'MEDIAN':
      return runs === 1 || minMs === null || maxMs === null
        ? t('expected.lastRun', { time }, 1)
        : t('expected.median', { time, n: runs, min: duration(minMs), max: duration(maxMs) }, runs);
    case 'AUTHOR':
      return t('expected.author', { time }, 1);
    case 'ROUGH':
      return t('expected.rough', { time }, 1);
    case 'NONE':
      return '';
  }
}
