// Judges what a command came to: its exit code and output against what the step expects, and the values it captures.
import { done, refused, type Result } from '../errors.ts';
import { outputPattern } from '../runbook/pattern.ts';
import type { Capture, Expectation, TextExpectation } from '../runbook/runbook.ts';

/** In a sentence, output is quoted up to this many characters: enough to recognise, short enough to read. */
const QUOTE_MAX = 120;

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Judgement {
  /** A sentence: the first part that does not hold. Null when all of it holds. */
  readonly reason: string | null;
  /** Empty unless all holds. */
  readonly captured: Readonly<Record<string, string>>;
}

/** Exit code first, then stdout, then stderr, then the captures; a capture that finds nothing is a failure, too. */
export function judge(expect: Expectation, captures: readonly Capture[], result: CommandResult): Judgement {
  const reason = judgeExit(expect, result) ?? judgeText('stdout', expect.stdout, result.stdout) ?? judgeText('stderr', expect.stderr, result.stderr);
  if (reason !== null) return { reason, captured: {} };
  const captured: Record<string, string> = {};
  for (const capture of captures) {
    const value = capturedValue(capture, result);
    if (value === null)
      return { reason: `Nothing in ${capture.from} matched ${capture.pattern}, so "${capture.name}" was not captured.`, captured: {} };
    captured[capture.name] = value;
  }
  return { reason: null, captured };
}

/** Which streams the judgement reads whole; of stderr it can always use the last line, to explain an exit code. */
export function judgedStreams(expect: Expectation, captures: readonly Capture[]): ReadonlySet<'stdout' | 'stderr'> {
  const streams = new Set(captures.map((capture) => capture.from));
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

function judgeText(stream: string, expect: TextExpectation | null, output: string): string | null {
  if (expect === null) return null;
  const text = output.trim();
  const shown = text === '' ? 'empty' : quote(text);
  if (expect.equals !== null && text !== expect.equals.trim()) return `${stream} was ${shown}, expected "${expect.equals}".`;
  if (expect.matches !== null && !outputPattern(expect.matches)?.test(output))
    return `${stream} was ${shown}, which does not match ${expect.matches}.`;
  return judgeNumber(stream, expect, text);
}

function judgeNumber(stream: string, { min, max }: TextExpectation, text: string): string | null {
  if (min === null && max === null) return null;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return `${stream} was ${text === '' ? 'empty' : quote(text)}, expected a number.`;
  if (max !== null && value > max) return `${stream} was ${text}, expected at most ${max}.`;
  if (min !== null && value < min) return `${stream} was ${text}, expected at least ${min}.`;
  return null;
}

function capturedValue(capture: Capture, result: CommandResult): string | null {
  const output = result[capture.from];
  if (capture.pattern === null) return output.trim();
  const match = outputPattern(capture.pattern)?.exec(output) ?? null;
  return match === null ? null : (match[1] ?? match[0]).trim();
}

function quote(text: string): string {
  return text.length <= QUOTE_MAX ? `"${text}"` : `"${text.slice(0, QUOTE_MAX)}…"`;
}
