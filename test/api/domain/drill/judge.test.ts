// Judging a command: every part of an expectation, the words of the reason, and captures.
import { describe, expect, it } from 'vitest';
import { judge, readMarker, type CommandResult } from '../../../../api/domain/drill/judge.ts';
import type { Expectation, TextExpectation } from '../../../../api/domain/runbook/runbook.ts';

const any: Expectation = { exitCodes: [0], stdout: null, stderr: null };
const text = (change: Partial<TextExpectation>): TextExpectation => ({ matches: null, equals: null, min: null, max: null, ...change });
const ran = (change: Partial<CommandResult>): CommandResult => ({ exitCode: 0, stdout: '', stderr: '', ...change });
const reason = (expectation: Partial<Expectation>, result: Partial<CommandResult>): string | null =>
  judge({ ...any, ...expectation }, [], ran(result)).reason;

describe('an expectation', () => {
  it.each<readonly [string, Partial<Expectation>, Partial<CommandResult>, string | null]>([
    ['exit code 0 by default', {}, {}, null],
    [
      'another exit code, with the last line of stderr',
      {},
      { exitCode: 4, stderr: 'one\nno such unit\n' },
      'The exit code was 4, expected 0. It said: "no such unit"',
    ],
    ['one of several exit codes', { exitCodes: [0, 3] }, { exitCode: 3 }, null],
    ['a pattern over lines', { stdout: text({ matches: '^ready$' }) }, { stdout: 'starting\nready\n' }, null],
    ['a pattern that is not there', { stdout: text({ matches: 'ready' }) }, { stdout: 'no\n' }, 'stdout was "no", which does not match ready.'],
    ['an exact text, white space around it aside', { stdout: text({ equals: 'f' }) }, { stdout: ' f\n' }, null],
    ['another text', { stderr: text({ equals: '' }) }, { stderr: 'oops' }, 'stderr was "oops", expected "".'],
    ['a number in its range', { stdout: text({ min: 0, max: 5 }) }, { stdout: '4.5\n' }, null],
    ['a number above', { stdout: text({ max: 5 }) }, { stdout: '7\n' }, 'stdout was 7, expected at most 5.'],
    ['a number below', { stdout: text({ min: 1 }) }, { stdout: '-2\n' }, 'stdout was -2, expected at least 1.'],
    ['no number', { stdout: text({ max: 5 }) }, { stdout: '\n' }, 'stdout was empty, expected a number.'],
  ])('%s', (...[, expectation, result, wanted]) => {
    expect(reason(expectation, result)).toBe(wanted);
  });

  it('names the exit code before the output', () => {
    expect(reason({ stdout: text({ equals: 'x' }) }, { exitCode: 1 })).toContain('exit code');
  });
});

const capture = (pattern: string | null) => judge(any, [{ name: 'lsn', from: 'stdout', pattern }], ran({ stdout: 'lag: 3 s\nlsn: 0/16B3748 \n' }));

describe('a capture', () => {
  it('takes the first group, the whole match, or the whole output, trimmed', () => {
    expect(capture('^lsn: (\\S+)').captured).toEqual({ lsn: '0/16B3748' });
    expect(capture('lag: \\d+ s').captured).toEqual({ lsn: 'lag: 3 s' });
    expect(capture(null).captured).toEqual({ lsn: 'lag: 3 s\nlsn: 0/16B3748' });
  });

  it('that finds nothing is a failure', () => {
    expect(capture('nowhere')).toEqual({ reason: 'Nothing in stdout matched nowhere, so "lsn" was not captured.', captured: {} });
  });
});

it('a marker is a whole number, nothing, or an error', () => {
  expect(readMarker(' 17\n')).toEqual({ ok: true, value: 17 });
  expect(readMarker('\n')).toEqual({ ok: true, value: null });
  expect(readMarker('ERROR: relation').ok).toBe(false);
});
