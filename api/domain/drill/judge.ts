// Judges what a command or a request came to: exit code or status, and output, against what the step expects; and the values it captures.
import { done, refused, type Result } from '../errors.ts';
import { outputPattern } from '../runbook/pattern.ts';
import type { Capture, Expectation, TextExpectation } from '../runbook/runbook.ts';
import { firstAt } from './json-value.ts';

/** In a sentence, output is quoted up to this many characters: enough to recognise, short enough to read. */
const QUOTE_MAX = 120;

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of a request; its body is `stdout`. Headers by lower-case name. */
  readonly response?: { readonly status: number; readonly headers: Readonly<Record<string, string>> };
}

export interface Judgement {
  /** A sentence: the first part that does not hold. Null when all of it holds. */
  readonly reason: string | null;
  /** Empty unless all holds. */
  readonly captured: Readonly<Record<string, string>>;
}

/** Exit code or status first, then stdout, then stderr, then the captures; a capture that finds nothing is a failure, too. */
export function judge(expect: Expectation, captures: readonly Capture[], result: CommandResult): Judgement {
  const body = result.response === undefined ? 'stdout' : 'The body';
  const reason =
    judgeExit(expect, result) ??
    judgeStatus(expect, result) ??
    judgeText(body, expect.stdout, result.stdout) ??
    judgeText('stderr', expect.stderr, result.stderr);
  if (reason !== null) return { reason, captured: {} };
  const captured: Record<string, string> = {};
  for (const capture of captures) {
    const value = capturedValue(capture, result);
    if (!value.ok) return { reason: `${value.refusal.message}, so "${capture.name}" was not captured.`, captured: {} };
    captured[capture.name] = value.value;
  }
  return { reason: null, captured };
}

/** Which streams the judgement reads whole; of stderr it can always use the last line, to explain an exit code. */
export function judgedStreams(expect: Expectation, captures: readonly Capture[]): ReadonlySet<'stdout' | 'stderr'> {
  const streams = new Set(captures.flatMap(({ from }) => (from === 'header' ? [] : [from === 'json' ? 'stdout' : from])));
  if (expect.stdout !== null) streams.add('stdout');
  if (expect.stderr !== null) streams.add('stderr');
  return streams;
}

/** The newest marker that a canary's read command printed: a whole number, or null for no output. */
export function readMarker(stdout: string): Result<number | null> {
  const text = stdout.trim();
  if (text === '') return done(null);
  if (!/^\d{1,15}$/.test(text)) return refused('INVALID_INPUT', `It printed ${quote(text)} where a marker number was expected.`);
  return done(Number(text));
}

function judgeExit(expect: Expectation, result: CommandResult): string | null {
  if (expect.exitCodes.includes(result.exitCode)) return null;
  const lastLine = result.stderr.trim().split('\n').at(-1)?.trim() ?? '';
  const hint = lastLine === '' ? '' : ` It said: ${quote(lastLine)}`;
  return `The exit code was ${result.exitCode}, expected ${expect.exitCodes.join(' or ')}.${hint}`;
}

function judgeStatus({ statuses }: Expectation, { response, stdout }: CommandResult): string | null {
  if (response === undefined) return null;
  const { status } = response;
  const isFine = statuses === undefined ? status >= 200 && status < 300 : statuses.includes(status);
  if (isFine) return null;
  const body = stdout.trim();
  return `The status was ${status}, expected ${statuses?.join(' or ') ?? '200 to 299'}.${body === '' ? '' : ` The body was ${quote(body)}`}`;
}

function judgeText(name: string, expect: TextExpectation | null, output: string): string | null {
  if (expect === null) return null;
  if (expect.json === undefined) return judgeValue(name, expect, output);
  const value = firstAt(expect.json, output);
  return value.ok ? judgeValue(`${name} at ${expect.json}`, expect, value.value) : `${name}: ${value.refusal.message}.`;
}

function judgeValue(name: string, expect: TextExpectation, output: string): string | null {
  const text = output.trim();
  const shown = text === '' ? 'empty' : quote(text);
  if (expect.equals !== null && text !== expect.equals.trim()) return `${name} was ${shown}, expected "${expect.equals}".`;
  if (expect.matches !== null && !outputPattern(expect.matches)?.test(output)) return `${name} was ${shown}, which does not match ${expect.matches}.`;
  return judgeNumber(name, expect, text);
}

function judgeNumber(name: string, { min, max }: TextExpectation, text: string): string | null {
  if (min === null && max === null) return null;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return `${name} was ${text === '' ? 'empty' : quote(text)}, expected a number.`;
  if (max !== null && value > max) return `${name} was ${text}, expected at most ${max}.`;
  if (min !== null && value < min) return `${name} was ${text}, expected at least ${min}.`;
  return null;
}

function capturedValue(capture: Capture, result: CommandResult): Result<string> {
  const output = sourceOf(capture, result);
  if (!output.ok || capture.pattern === null) return output.ok ? done(output.value.trim()) : output;
  const match = outputPattern(capture.pattern)?.exec(output.value) ?? null;
  if (match !== null) return done((match[1] ?? match[0]).trim());
  return refused('INVALID_INPUT', `Nothing in ${capture.header ?? capture.path ?? capture.from} matched ${capture.pattern}`);
}

function sourceOf(capture: Capture, result: CommandResult): Result<string> {
  switch (capture.from) {
    case 'stdout':
    case 'stderr':
      return done(result[capture.from]);
    case 'json':
      return firstAt(capture.path ?? '$', result.stdout);
    case 'header': {
      const value = result.response?.headers[capture.header ?? ''];
      return value === undefined ? refused('INVALID_INPUT', `The answer has no header ${capture.header ?? ''}`) : done(value);
    }
  }
}

function quote(text: string): string {
  return text.length <= QUOTE_MAX ? `"${text}"` : `"${text.slice(0, QUOTE_MAX)}…"`;
}
