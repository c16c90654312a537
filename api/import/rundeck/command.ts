// One entry of a job's sequence as a step: a command, a script, another job; or a person, where a runbook cannot do the same.
import type { RawBody } from '../../domain/runbook/raw-runbook.ts';
import { isMap, scalarText } from '../runbook-source/source-path.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import { keyFrom, titleFrom, variableFrom } from '../write-runbook/names.ts';
import { fencedData, withoutPlaces } from '../write-runbook/original-text.ts';
import { asWritten, shellOfScript, withVariables } from '../write-runbook/shell-text.ts';
import { argumentsIn } from './arguments.ts';
import { isTrue, placesOfOptions, templateOfOptions } from './job.ts';
import type { Job } from './job.ts';
import type { Nodes } from './nodes.ts';

export type Entry = Readonly<Record<string, unknown>>;

export interface CommandStep {
  readonly title: string;
  readonly body: RawBody;
  /** Keys of the entry that the step says; null for a person's step, which shows the whole entry. */
  readonly keys: readonly string[] | null;
  /** Keys of the job reference in it. */
  readonly jobKeys?: readonly string[];
  readonly why: string;
}

export function commandStep(entry: Entry, job: Job, nodes: Nodes): CommandStep {
  const title = titleOf(entry);
  const step = execStep(entry, job, nodes) ?? scriptStep(entry, job, nodes) ?? jobStep(entry, job) ?? manualStep(entry);
  const description = (scalarText(entry['description']) ?? '').trim();
  // A title is one short line; what it leaves out of the description stands in the note.
  return { title, ...step, ...(description === '' || description === title ? {} : { body: { ...step.body, note: description } }) };
}

type Made = Omit<CommandStep, 'title'>;

function execStep(entry: Entry, job: Job, nodes: Nodes): Made | null {
  const text = scalarText(entry['exec']);
  if (text === null || text.trim() === '') return null;
  const command = rewritten(text, job);
  return command === null ? null : { body: { run: asWritten(command), ...nodes.on() }, keys: ['description', 'exec'], why: 'A command.' };
}

/** Scripts of more lines go into a file beside the runbook. */
const MOST_LINES_INSIDE = 12;

function scriptStep(entry: Entry, job: Job, nodes: Nodes): Made | null {
  const text = scalarText(entry['script']);
  if (text === null || text.trim() === '') return null;
  const interpreter = (scalarText(entry['scriptInterpreter']) ?? '').trim();
  const { shell } = shellFor(interpreter, text) ?? {};
  const args = (scalarText(entry['args']) ?? '').trim();
  if (shell === undefined) return null;
  const body = rewritten(text, job);
  const given = args === '' ? '' : rewritten(args, job);
  if (body === null || given === null) return null;
  const whole = withArguments(asWritten(body), given);
  const command = whole.split('\n').length > MOST_LINES_INSIDE ? { script: job.builder.addFile(titleOf(entry), `${whole}\n`) } : whole;
  return {
    body: { run: command, ...(shell === 'sh' ? {} : { shell }), ...nodes.on() },
    keys: ['description', 'script', 'args', 'scriptInterpreter', 'interpreterArgsQuoted', 'fileExtension'],
    why: 'A script.',
  };
}

function shellFor(interpreter: string, text: string) {
  if (interpreter === '') return shellOfScript(text);
  return /^[\w/.-]+$/.test(interpreter) ? shellOfScript(`#!${interpreter}`) : null;
}

function withArguments(script: string, args: string): string {
  if (args === '') return script;
  const [first = '', ...rest] = script.split('\n');
  return first.startsWith('#!') ? [first, `set -- ${args}`, ...rest].join('\n') : `set -- ${args}\n${script}`;
}

function rewritten(text: string, job: Job): string | null {
  const read = placesOfOptions(text, job);
  return read === null ? null : withVariables(read.text, read.places);
}

function jobStep(entry: Entry, job: Job): Made | null {
  const { jobref } = entry;
  if (!isMap(jobref)) return null;
  const name = scalarText(jobref['name']);
  const uuid = scalarText(jobref['uuid']);
  const key = job.keys.get(uuid ?? '') ?? job.keys.get(name ?? '') ?? (name === null ? null : keyFrom(name));
  const given = argumentsIn(scalarText(jobref['args']) ?? '');
  // A job that calls itself never ends.
  if (key === null || key === job.key || given === null || jobref['nodefilters'] !== undefined) return null;
  const values: Record<string, string> = {};
  for (const [option, value] of given) {
    const template = templateOfOptions(value, job);
    if (template === null) return null;
    values[variableFrom(option, Object.keys(values))] = template;
  }
  const body = { call: given.length === 0 ? key : { runbook: key, with: values } };
  return {
    body,
    keys: ['description'],
    jobKeys: ['name', 'group', 'uuid', 'args', 'nodeStep', 'useName'],
    why: `The other job is the runbook \`${key}\`, which has to be imported as well.`,
  };
}

function manualStep(entry: Entry): Made {
  const { errorhandler: _, description: _description, ...own } = entry;
  const text = ['Do by hand what this step of the job does:', fencedData(own), ...(hintOf(entry) ?? [])].join('\n\n');
  return { body: { confirm: withoutPlaces(text) }, keys: null, why: whyManual(entry) };
}

function whyManual(entry: Entry): string {
  if (entry['scriptfile'] !== undefined) return 'The script is a file on the Rundeck server; a person runs it until it stands beside the runbook.';
  if (entry['scripturl'] !== undefined) return 'The script is fetched from an address when the job runs, and what is fetched cannot be reviewed.';
  if (entry['exec'] !== undefined || entry['script'] !== undefined) {
    return 'It is no shell script, or it pastes a value where it would be read as program text, or uses a value that only Rundeck has.';
  }
  if (entry['jobref'] !== undefined) return 'It cannot be told which runbook it calls, or with which values.';
  return 'A plug-in of Rundeck: a person does what it does.';
}

function hintOf(entry: Entry): readonly string[] | null {
  return entry['scriptfile'] === undefined
    ? null
    : ['To have it run by the drill, put the script beside the runbook and write `run: {script: its-name.sh}`.'];
}

/** Titles are read in tables. */
const LONGEST_TITLE = 80;

function titleOf(entry: Entry): string {
  const { jobref } = entry;
  const called = isMap(jobref) ? scalarText(jobref['name']) : null;
  const candidates = [
    scalarText(entry['description']),
    called === null ? null : titleFrom(called),
    (scalarText(entry['exec']) ?? '').replaceAll(/\$\{option\.([\w.-]+)\}/g, '$1'),
    entry['script'] === undefined ? null : 'Script',
    scalarText(entry['scriptfile']),
    scalarText(entry['scripturl']),
    scalarText(entry['type']),
  ];
  const title = (candidates.find((text) => text !== null && text.trim() !== '') ?? 'Step').replaceAll(/\s+/g, ' ').trim();
  return title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
}

/** Whether the failure that a handler has dealt with counts as none. */
export function isMendedByHandler(handler: Entry): boolean {
  return isTrue(handler['keepgoingOnSuccess']);
}

export function pathOf(job: Job, path: SourcePath): SourcePath {
  return [...job.at, ...path];
}
