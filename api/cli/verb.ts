// What a verb is: the description of its words and options, and what it runs.
import type { Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { CliParts } from './parts.ts';

export interface VerbContext {
  readonly parts: CliParts;
  /** Called once, with what the command ends with. */
  readonly end: (code: ExitCode) => void;
}

/** Adds one verb to the program. */
export type Verb = (program: Command, context: VerbContext) => void;

/** Lines of examples under the help of a verb. */
export function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** For an option that may be given more than once. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
