// A row for each host of a step, with its latest attempt.
import { expect, it } from 'vitest';
import { logRows } from '../../../../web/components/log/log-rows.ts';

const attempt = (host: string, state: 'FAILED' | 'LAUNCHED') => ({
  host,
  state,
  startedAt: '2026-11-24T10:00:00Z',
  endedAt: state === 'FAILED' ? '2026-11-24T10:00:05Z' : null,
  exitCode: state === 'FAILED' ? 3 : null,
});

it('hosts stand in the order of the plan, also before they begin', () => {
  const attempts = [attempt('a', 'FAILED'), attempt('b', 'FAILED'), attempt('b', 'LAUNCHED')];
  const rows = logRows({ planned: { hosts: ['b', 'a', 'c'], items: [] }, attempts });
  expect(rows.map(({ host, state, exitCode }) => [host, state, exitCode])).toEqual([
    ['b', 'LAUNCHED', null],
    ['a', 'FAILED', 3],
    ['c', null, null],
  ]);
  expect((rows[1]?.endedAt ?? 0) - (rows[1]?.startedAt ?? 0)).toBe(5_000);
});

it('a step with a list has a row for each host and item that has begun', () => {
  const rows = logRows({ planned: { hosts: ['a'], items: ['x', 'y'] }, attempts: [attempt('a#2', 'LAUNCHED')] });
  expect(rows.map(({ host }) => host)).toEqual(['a#2']);
});
