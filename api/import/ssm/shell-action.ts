// Shell commands of a document: aws:runShellScript, and aws:runCommand with the document AWS-RunShellScript.
import { writeDuration } from '../../domain/duration.ts';
import type { RawBody } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { asWritten, quoteShell, shellOfScript } from '../write-runbook/shell-text.ts';
import type { ImportedAction } from './imported-action.ts';
import { shellText } from './document.ts';
import type { SourceStep, SsmDocument } from './document.ts';
import { targetOf } from './instances.ts';

/** Scripts of more lines go into a file beside the runbook. */
const MOST_LINES_INSIDE = 12;

export function commandAction(step: SourceStep, document: SsmDocument): ImportedAction | null {
  const found = step.action === 'aws:runCommand' ? remoteCommand(step) : ownCommand(step);
  if (found === null) return null;
  const script = scriptOf(found, document);
  if (script === null) return null;
  const { on, says } = targetOf(step, document);
  const seconds = Number(found.timeout ?? scalarText(step.entry['timeoutSeconds']) ?? Number.NaN);
  const hasTimeout = Number.isInteger(seconds) && seconds > 0 && seconds < LONGEST_TIMEOUT_S;
  const captured = document.captured.get(`${step.name}.Output`);
  const text = script.text.split('\n').length > MOST_LINES_INSIDE ? { script: document.builder.addFile(step.name, `${script.text}\n`) } : script.text;
  const body: RawBody = {
    run: text,
    on,
    ...(script.shell === 'sh' ? {} : { shell: script.shell }),
    ...(captured === undefined ? {} : { capture: { [captured]: 'stdout' } }),
    ...(hasTimeout ? { timeout: writeDuration(seconds * 1_000) } : {}),
  };
  return { body, says: [['action'], ...says, ...found.says, ...(hasTimeout ? found.timeoutPaths : [])], why: 'A shell script.' };
}

/** A week. */
const LONGEST_TIMEOUT_S = 7 * 86_400;

interface FoundCommand {
  readonly lines: readonly string[];
  readonly folder: string | null;
  readonly timeout: string | null;
  readonly says: readonly (readonly string[])[];
  readonly timeoutPaths: readonly (readonly string[])[];
}

function remoteCommand({ entry }: SourceStep): FoundCommand | null {
  const inputs = isMap(entry['inputs']) ? entry['inputs'] : {};
  const name = scalarText(inputs['DocumentName']) ?? '';
  const parameters = isMap(inputs['Parameters']) ? inputs['Parameters'] : {};
  const lines = linesOf(parameters['commands']);
  if (!/(?:^|\/)AWS-RunShellScript$/.test(name) || lines === null) return null;
  const at = ['inputs', 'Parameters'];
  return {
    lines,
    folder: firstText(parameters['workingDirectory']),
    timeout: firstText(parameters['executionTimeout']),
    says: [
      ['inputs', 'DocumentName'],
      [...at, 'commands'],
      [...at, 'workingDirectory'],
    ],
    timeoutPaths: firstText(parameters['executionTimeout']) === null ? [['timeoutSeconds']] : [[...at, 'executionTimeout']],
  };
}

function ownCommand({ entry }: SourceStep): FoundCommand | null {
  const inputs = isMap(entry['inputs']) ? entry['inputs'] : {};
  const lines = linesOf(inputs['runCommand']);
  if (lines === null) return null;
  return {
    lines,
    folder: firstText(inputs['workingDirectory']),
    timeout: firstText(inputs['timeoutSeconds']),
    says: [
      ['inputs', 'runCommand'],
      ['inputs', 'workingDirectory'],
      ['inputs', 'id'],
    ],
    timeoutPaths: firstText(inputs['timeoutSeconds']) === null ? [['timeoutSeconds']] : [['inputs', 'timeoutSeconds']],
  };
}

function linesOf(value: unknown): readonly string[] | null {
  const list = isList(value) ? value : [value];
  const lines = list.map(scalarText).filter((line) => line !== null);
  return lines.length < list.length || lines.every((line) => line.trim() === '') ? null : lines;
}

function firstText(value: unknown): string | null {
  const text = scalarText(isList(value) ? value[0] : value);
  return text === null || text.trim() === '' ? null : text.trim();
}

function scriptOf({ lines, folder }: FoundCommand, document: SsmDocument): { readonly text: string; readonly shell: string } | null {
  const written = lines.join('\n');
  const shell = shellOfScript(written);
  const text = shellText(written, document);
  // A parameter that is the whole script is a command that nobody could review.
  if (shell === null || text === null || /^\s*"\$\w+"\s*$/.test(text)) return null;
  if (folder === null) return { text: asWritten(text), shell: shell.shell };
  const place = folder.includes('{{') ? shellText(folder, document) : quoteShell(folder);
  return place === null ? null : { text: `cd -- ${place}\n${asWritten(text)}`, shell: shell.shell };
}
