// Assembles what a host is given to run: values as single-quoted assignments, then the constant text that was approved.
import { createHash } from 'node:crypto';
import { done, refused, type Result } from '../errors.ts';
import { isVariableName } from '../runbook/variable-name.ts';

/** What Muster itself sets for a command; no input and no captured value can have these names. */
const OWN_NAMES: ReadonlySet<string> = new Set(['item', 'expires']);
/** In capitals, without what shells and loaders read. */
const ENV_NAME = /^(?!(?:PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|HOME|USER|SHELL|PWD)$)(?!LD_)[A-Z][A-Z0-9_]*$/;

type Values = Readonly<Record<string, string>>;

/**
 * The text for `sh -eu`. A value can hold anything but NUL, which no shell variable can; a name is refused unless the runbook
 * language allows it (never PATH, IFS, ENV, BASH_ENV, LD_*). The command itself is left as it is. What stands in `env` reaches the
 * programs that the command starts, too.
 */
export function buildScript(command: string, variables: Values, env: Values = {}): Result<string> {
  const lines: string[] = [];
  for (const [name, value] of [...sorted(variables), ...sorted(env)]) {
    const isOfEnv = !Object.hasOwn(variables, name);
    const isAllowed = isOfEnv ? ENV_NAME.test(name) : isVariableName(name) || OWN_NAMES.has(name);
    if (!isAllowed) return refused('INVALID_INPUT', `"${name}" cannot be the name of a variable. Rename it in the runbook.`);
    if (value.includes('\0')) return refused('INVALID_INPUT', `The value of "${name}" holds a NUL byte, which no command can be given.`);
    // Half a character cannot be sent; it would arrive as another one.
    if (!value.isWellFormed()) return refused('INVALID_INPUT', `The value of "${name}" is no valid text, which no command can be given.`);
    lines.push(`${isOfEnv ? 'export ' : ''}${name}=${quoted(value)}`);
  }
  return done([...lines, command, ''].join('\n'));
}

/** As `buildScript`, with `seq` (the marker's number) and `now` (its instant, ISO 8601 in UTC) for a canary's commands. */
export function buildCanaryScript(command: string, variables: Values, marker: { seq: number; at: number }): Result<string> {
  return buildScript(`seq='${marker.seq}'\nnow='${new Date(marker.at).toISOString()}'\n${command}`, variables);
}

/** Lower-case hex SHA-256 of the text that a host is given. */
export function scriptHash(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

function sorted(values: Values): readonly (readonly [string, string])[] {
  return Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
