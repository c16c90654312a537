// Every file that is named exists, and is text that reads as it runs.
import { didYouMean } from '../nearest.ts';
import type { Finding, Path } from '../place.ts';
import type { RawCommand } from '../raw-runbook.ts';
import { ALL_KINDS } from '../schema/kinds/all-kinds.ts';
import { bodyCommand } from '../schema/kinds/kind.ts';
import { LARGEST_FILE_BYTES, textFault } from '../source-text.ts';
import { bodiesOf } from './bodies.ts';
import type { RuleContext } from './rule.ts';

/** A plan repeats a script for every step that names it, and is kept for ever. */
const MOST_COMMAND_TEXT = 2 * LARGEST_FILE_BYTES;

export function scriptsRule(context: RuleContext): readonly Finding[] {
  const commands = commandsIn(context);
  const files = filesIn(context);
  const findings = [
    ...commands.flatMap(({ path, command }) => (typeof command === 'string' ? [] : scriptFindings([...path, 'script'], command.script, context))),
    ...files.flatMap(({ path, file }) => fileFindings(path, file, { what: 'file', context })),
  ];
  const sizes = [
    ...commands.map(({ command }) => (typeof command === 'string' ? command : (context.scripts.get(command.script) ?? '')).length),
    ...files.map(({ file }) => (context.scripts.get(file) ?? '').length),
  ];
  if (sizes.reduce((sum, size) => sum + size, 0) <= MOST_COMMAND_TEXT) return findings;
  const message = 'The commands of all steps together, scripts and files included, are longer than 2 MB.';
  return [
    ...findings,
    { code: 'too-much-text', path: ['steps'], at: 'key', message, remedy: 'Put long scripts on the hosts, or split the runbook.' },
  ];
}

interface CommandAt {
  readonly path: Path;
  readonly command: RawCommand;
}

function commandsIn(context: RuleContext): readonly CommandAt[] {
  const ofSteps = bodiesOf(context).flatMap(({ written, path }) =>
    ALL_KINDS.filter(({ kind }) => written[kind] !== undefined).flatMap((definition) =>
      definition.commands(written).map((own): CommandAt => ({ path: [...path, ...own.path], command: own.command })),
    ),
  );
  const { canary } = context.raw;
  if (canary === undefined) return ofSteps;
  const ofCanary = [bodyCommand('write', canary.write), bodyCommand('read', canary.read)];
  return [...ofSteps, ...ofCanary.map(({ path, command }) => ({ path: ['canary', ...path], command }))];
}

/** The files that are copied to hosts: text as well, and nothing is said of empty ones. */
function filesIn(context: RuleContext): readonly { readonly path: Path; readonly file: string }[] {
  return bodiesOf(context).flatMap(({ written, path }) => {
    const file = written.copy?.file;
    return file === undefined ? [] : { path: [...path, 'copy', 'file'], file };
  });
}

function scriptFindings(path: Path, script: string, context: RuleContext): readonly Finding[] {
  if (context.scripts.get(script)?.trim() !== '') return fileFindings(path, script, { what: 'script', context });
  return [{ path, code: 'script-empty', message: `The script \`${script}\` is empty.`, remedy: 'Write it, or remove the step.' }];
}

interface FileUse {
  readonly what: 'script' | 'file';
  readonly context: RuleContext;
}

function fileFindings(path: Path, name: string, { what, context }: FileUse): readonly Finding[] {
  const text = context.scripts.get(name);
  if (text === undefined) {
    const remedy = didYouMean(name, context.scripts.keys(), 'Put the file into the folder of the runbook.');
    return [{ path, code: 'script-missing', message: `The ${what} \`${name}\` is not beside the runbook.`, remedy }];
  }
  const fault = textFault(text);
  if (fault === null) return [];
  const message = `The ${what} \`${name}\` ${fault.message} (line ${fault.place.line}, column ${fault.place.column}).`;
  return [{ path, code: fault.code, message, remedy: fault.remedy }];
}
