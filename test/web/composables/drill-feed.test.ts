// The live feed: each event once and in order across a cut link, output in batches.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedEvent } from '../../../web/components/drill/drill-type.ts';

interface Wire {
  variables: { after: number };
  tell: (data: { drillEvents: FeedEvent }) => void;
  isStopped: boolean;
}
const wire: Wire = { variables: { after: 0 }, tell: () => undefined, isStopped: false };
vi.mock('../../../web/graphql/socket.ts', () => ({
  subscribe: (_document: unknown, variables: Wire['variables'], tell: Wire['tell']) => {
    wire.variables = variables;
    wire.tell = tell;
    wire.isStopped = false;
    return () => (wire.isStopped = true);
  },
}));
const { followDrill } = await import('../../../web/composables/drill-feed.ts');

function event(seq: number, text?: string): { drillEvents: FeedEvent } {
  const at = new Date(seq).toISOString();
  const common = { seq, at, by: null, type: text === undefined ? 'paused' : 'output', step: 's', host: 'a', text: '' };
  const output =
    text === undefined ? null : { seq, at, step: 's', host: 'a', attempt: 1, isUndo: false, stream: 'STDOUT' as const, text, head: null, tail: null };
  return { drillEvents: { ...common, output } };
}

describe('following a drill', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('moves the resume point forward with every event', () => {
    followDrill('DR-1', 4, { onEvent: () => undefined, onOutput: () => undefined });
    expect(wire.variables.after).toBe(4);
    wire.tell(event(5));
    wire.tell(event(6, 'x\n'));
    expect(wire.variables.after).toBe(6);
  });

  it('drops what is told twice after a reconnect', () => {
    const seen: number[] = [];
    followDrill('DR-1', 4, { onEvent: ({ seq }) => seen.push(seq), onOutput: () => undefined });
    for (const seq of [5, 6, 5, 6, 7]) wire.tell(event(seq));
    expect(seen).toEqual([5, 6, 7]);
  });

  it('hands output on in batches and everything else at once', () => {
    const batches: number[][] = [];
    followDrill('DR-1', 0, { onEvent: () => undefined, onOutput: (chunks) => batches.push(chunks.map(({ seq }) => seq)) });
    for (let seq = 1; seq <= 200; seq += 1) wire.tell(event(seq, 'line\n'));
    expect(batches).toEqual([]);
    vi.advanceTimersByTime(150);
    expect(batches).toHaveLength(1);
    expect(batches[0]).toHaveLength(200);
  });

  it('stops the subscription and hands on nothing more', () => {
    const onOutput = vi.fn();
    const stop = followDrill('DR-1', 0, { onEvent: () => undefined, onOutput });
    wire.tell(event(1, 'x\n'));
    stop();
    vi.advanceTimersByTime(1_000);
    expect(wire.isStopped).toBe(true);
    expect(onOutput).not.toHaveBeenCalled();
  });
});
