// Every script file that is named exists, and is text that reads as it runs.
import { didYouMean } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import type { RawCommand } from '../raw-runbook.ts';
import { ALL_KINDS } from '../schema/kinds/all-kinds.ts';
import { bodyCommand } from '../schema/kinds/kind.ts';
import { LARGEST_FILE_BYTES, textFault } from '../source-text.ts';
import type { RuleContext } from './rule.ts';

/** A plan repeats a script for every step that names it, and is kept for ever. */
const MOST_COMMAND_TEXT = 2 * LARGEST_FILE_BYTES;

export function scriptsRule(context: RuleContext): readonly Finding[] {
  const commands = commandsIn(context);
  const findings = commands.flatMap(({ path, command }) => (typeof command === 'string' ? [] : scriptFindings(path, command.script, context)));
  const total = commands.reduce(
    (sum, { command }) => sum + (typeof command === 'string' ? command : (context.scripts.get(command.script) ?? '')).length,
    0,
  );
  if (total <= MOST_COMMAND_TEXT) return findings;
  const message = 'The commands of all steps together, scripts included, are longer than 2 MB.';
  return [
    ...findings,
    { code: 'too-much-text', path: ['steps'], at: 'key', message, remedy: 'Put long scripts on the hosts, or split the runbook.' },
  ];
}

interface CommandAt {
  readonly path: Path;
  readonly command: RawCommand;
}

function commandsIn({ raw }: RuleContext): readonly CommandAt[] {
  const ofSteps = raw.steps.flatMap((step, index) =>
    ALL_KINDS.filter(({ kind }) => step[kind] !== undefined).flatMap((definition) =>
      definition.commands(step).map(({ path, command }): CommandAt => ({ path: ['steps', index, ...path], command })),
    ),
  );
  if (raw.canary === undefined) return ofSteps;
  const { write, read } = raw.canary;
  const ofCanary = [bodyCommand('write', write), bodyCommand('read', read)].map(({ path, command }) => ({ path: ['canary', ...path], command }));
  return [...ofSteps, ...ofCanary];
}

function scriptFindings(path: Path, script: string, { scripts }: RuleContext): readonly Finding[] {
  const place = { path: [...path, 'script'] };
  const text = scripts.get(script);
  if (text === undefined) {
    const remedy = didYouMean(script, scripts.keys(), 'Put the file into the folder of the runbook.');
    return [{ ...place, code: 'script-missing', message: `The script \`${script}\` is not beside the runbook.`, remedy }];
  }
  if (text.trim() === '') {
    return [{ ...place, code: 'script-empty', message: `The script \`${script}\` is empty.`, remedy: 'Write it, or remove the step.' }];
  }
  const fault = textFault(text);
  if (fault === null) return [];
  const message = `The script \`${script}\` ${fault.message} (line ${fault.place.line}, column ${fault.place.column}).`;
  return [{ ...place, code: fault.code, message, remedy: fault.remedy }];
}
