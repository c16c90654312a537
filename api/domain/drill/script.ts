// Assembles what a host is given to run: values as single-quoted assignments, then the constant text that was approved.
import { createHash } from 'node:crypto';
import { done, refused, type Result } from '../errors.ts';
import { isVariableName } from '../runbook/variable-name.ts';

/**
 * The text for `sh -eu`. A value can hold anything but NUL, which no shell variable can; a name is refused unless the runbook
 * language allows it (never PATH, IFS, ENV, BASH_ENV, LD_*). The command itself is left as it is.
 */
export function buildScript(command: string, variables: Readonly<Record<string, string>>): Result<string> {
  const lines: string[] = [];
  for (const name of Object.keys(variables).toSorted()) {
    if (!isVariableName(name)) return refused('INVALID_INPUT', `"${name}" cannot be the name of a variable. Rename it in the runbook.`);
    const line = assignment(name, variables[name] ?? '');
    if (line === null) return refused('INVALID_INPUT', `The value of "${name}" holds a NUL byte, which no command can be given.`);
    lines.push(line);
  }
  return done([...lines, command, ''].join('\n'));
}

/** As `buildScript`, with `seq` (the marker's number) and `now` (its instant, ISO 8601 in UTC) for a canary's commands. */
export function buildCanaryScript(command: string, variables: Readonly<Record<string, string>>, marker: { seq: number; at: number }): Result<string> {
  return buildScript(`seq='${marker.seq}'\nnow='${new Date(marker.at).toISOString()}'\n${command}`, variables);
}

/** Lower-case hex SHA-256 of the text that a host is given. */
export function scriptHash(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}

function assignment(name: string, value: string): string | null {
  if (value.includes('\0')) return null;
  return `${name}='${value.replaceAll("'", "'\\''")}'`;
}
