// Judging answers to requests, and values inside JSON.
import { describe, expect, it } from 'vitest';
import { judge, judgedStreams, type CommandResult } from '../../../../api/domain/drill/judge.ts';
import type { Capture, Expectation, TextExpectation } from '../../../../api/domain/runbook/runbook.ts';

const any: Expectation = { exitCodes: [0], stdout: null, stderr: null };
const text = (change: Partial<TextExpectation>): TextExpectation => ({ matches: null, equals: null, min: null, max: null, ...change });
const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}): CommandResult => ({
  exitCode: 0,
  stdout: body,
  stderr: '',
  response: { status, headers },
});
const printed = (stdout: string): CommandResult => ({ exitCode: 0, stdout, stderr: '' });
const QUEUE = '{"queue": {"depth": 3, "name": "orders", "open": true}, "nodes": [{"id": "a"}, {"id": "b"}]}';

describe('a status', () => {
  it.each<readonly [string, Partial<Expectation>, CommandResult, string | null]>([
    ['is 200 to 299 unless something else is said', {}, answer(204), null],
    ['of a redirect is none of these', {}, answer(301), 'The status was 301, expected 200 to 299.'],
    ['can be one of several', { statuses: [200, 404] }, answer(404), null],
    [
      'that is not among them is named with the body',
      { statuses: [200, 404] },
      answer(500, 'down'),
      'The status was 500, expected 200 or 404. The body was "down"',
    ],
    ['comes before the body', { stdout: text({ equals: 'up' }) }, answer(500), 'The status was 500, expected 200 to 299.'],
    ['fine, the body is judged', { stdout: text({ equals: 'up' }) }, answer(200, 'down'), 'The body was "down", expected "up".'],
  ])('%s', (...[, expectation, result, reason]) => {
    expect(judge({ ...any, ...expectation }, [], result).reason).toBe(reason);
  });

  it('is no matter of a command', () => {
    expect(judge({ ...any, statuses: [200] }, [], printed('')).reason).toBeNull();
  });
});

describe('a value in JSON', () => {
  it.each<readonly [string, Partial<TextExpectation>, string, string | null]>([
    ['is held against the rest of the expectation', { json: '$.queue.depth', max: 5 }, QUEUE, null],
    ['that is too large is named with its place', { json: '$.queue.depth', max: 2 }, QUEUE, 'stdout at $.queue.depth was 3, expected at most 2.'],
    ['is the first one found', { json: '$.nodes[*].id', equals: 'a' }, QUEUE, null],
    ['that is no text is judged as JSON', { json: '$.queue.open', equals: 'true' }, QUEUE, null],
    ['has to exist where nothing else is said', { json: '$.queue.name' }, QUEUE, null],
    ['that is not there is a failure', { json: '$.queue.age' }, QUEUE, 'stdout: Nothing was found at $.queue.age.'],
    ['needs JSON', { json: '$.queue' }, 'Queue: 3', 'stdout: The output is not JSON.'],
  ])('%s', (...[, expectation, output, reason]) => {
    expect(judge({ ...any, stdout: text(expectation) }, [], printed(output)).reason).toBe(reason);
  });
});

const captured = (capture: Partial<Capture>, result: CommandResult): unknown => {
  const judged = judge(any, [{ name: 'x', from: 'stdout', pattern: null, ...capture }], result);
  return judged.reason ?? judged.captured['x'];
};

describe('a capture', () => {
  it('comes from JSON, whole or with a pattern', () => {
    expect(captured({ from: 'json', path: '$.queue.name' }, printed(QUEUE))).toBe('orders');
    expect(captured({ from: 'json', path: '$.nodes[1]' }, printed(QUEUE))).toBe('{"id":"b"}');
    expect(captured({ from: 'json', path: '$.queue.name', pattern: '^(or)' }, printed(QUEUE))).toBe('or');
    expect(captured({ from: 'json', path: '$.age' }, printed(QUEUE))).toBe('Nothing was found at $.age, so "x" was not captured.');
    expect(captured({ from: 'json', path: '$.age' }, printed('no'))).toBe('The output is not JSON, so "x" was not captured.');
  });

  it('comes from a header', () => {
    const result = answer(201, '', { location: '/jobs/17' });
    expect(captured({ from: 'header', header: 'location' }, result)).toBe('/jobs/17');
    expect(captured({ from: 'header', header: 'location', pattern: '\\d+$' }, result)).toBe('17');
    expect(captured({ from: 'header', header: 'etag' }, result)).toBe('The answer has no header etag, so "x" was not captured.');
  });
});

it('output is read whole where it is judged or captured from', () => {
  const from = (source: Capture['from']): readonly string[] => [...judgedStreams(any, [{ name: 'x', from: source, pattern: null }])];
  expect([from('json'), from('header'), from('stderr')]).toEqual([['stdout'], [], ['stderr']]);
  expect([...judgedStreams({ ...any, stdout: text({}), stderr: text({}) }, [])]).toEqual(['stdout', 'stderr']);
});
