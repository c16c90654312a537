// The jobs of a Rundeck file, YAML, JSON or XML, all in the shape of the YAML.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import { readSource, unfitText } from '../runbook-source/read-source.ts';
import { isList, isMap } from '../runbook-source/source-path.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';

export interface ReadJobs {
  readonly jobs: readonly Readonly<Record<string, unknown>>[];
  /** `path` begins with the number of the job. */
  readonly lineOf: (path: SourcePath) => number | null;
}

export function readJobs(text: string, fileName: string): Result<ReadJobs> {
  const read = /^\s*</.test(text) ? readXml(text, fileName) : readSource(text, fileName);
  if (!read.ok) return read;
  const { data, lineOf } = read.value;
  const jobs = (isList(data) ? data : [data]).filter(isMap);
  if (jobs.length === 0 || (isList(data) && jobs.length < data.length)) {
    return refused('INVALID_INPUT', `${fileName} is not a list of jobs. Export the job from Rundeck as YAML or XML.`);
  }
  return done({ jobs, lineOf: (path) => lineOf(isList(data) ? path : path.slice(1)) });
}

/** No job is nested deeper; it bounds the work. */
const DEEPEST_XML = 50;

/** Documents with a DOCTYPE are refused: it is where entities are declared that grow without bound or read files. */
function readXml(text: string, fileName: string): Result<{ readonly data: unknown; readonly lineOf: (path: SourcePath) => number | null }> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refused('INVALID_INPUT', `${fileName} has a DOCTYPE, which is not read. Remove it.`);
  if (xmlDepth(text) > DEEPEST_XML)
    return refused('INVALID_INPUT', `${fileName} is nested more than ${DEEPEST_XML} levels deep. It is not a Rundeck job.`);
  const valid = XMLValidator.validate(text);
  if (valid !== true) return refused('INVALID_INPUT', `${fileName}, line ${valid.err.line}: this is not XML: ${valid.err.msg.replace(/\.$/, '')}.`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    trimValues: false,
    processEntities: true,
    htmlEntities: false,
  });
  const list = childOf(parser.parse(text), 'joblist');
  const jobs = listOf(childOf(list, 'job')).map(jobOf);
  const unfit = unfitText(jobs);
  if (unfit !== null) return refused('INVALID_INPUT', `${fileName} ${unfit}`);
  return done({ data: jobs, lineOf: ([index]) => lineOfJob(text, Number(index)) });
}

/** Open elements at once, roughly: enough to keep the parser from running out of stack. */
function xmlDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    let from = at + 1;
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      from = end < 0 ? text.length : end;
    } else if (text[at + 1] === '/') depth -= 1;
    else if (/[A-Za-z]/.test(text[at + 1] ?? '')) {
      const end = text.indexOf('>', at);
      if (end < 0) return deepest;
      if (text[end - 1] !== '/') depth += 1;
    }
    deepest = Math.max(deepest, depth);
    at = text.indexOf('<', from);
  }
  return deepest;
}

function lineOfJob(text: string, index: number): number | null {
  const found = [...text.matchAll(/<job[\s>]/g)][index];
  return found === undefined ? null : text.slice(0, found.index).split('\n').length;
}

/** Renames what is called otherwise in XML; whatever else there is stays under its own name. */
function jobOf(element: unknown): Readonly<Record<string, unknown>> {
  const tidy = tidied(element);
  if (!isMap(tidy)) return {};
  const { context, sequence, dispatch, nodefilters, ...rest } = tidy;
  const { options, ...otherContext } = isMap(context) ? context : {};
  const { option, ...otherOptions } = isMap(options) ? options : {};
  return {
    ...rest,
    ...(Object.keys(otherContext).length === 0 ? {} : { context: otherContext }),
    ...(option === undefined ? {} : { options: listOf(option).map(optionOf) }),
    ...(Object.keys(otherOptions).length === 0 ? {} : { optionsOf: otherOptions }),
    ...(isMap(sequence) ? { sequence: sequenceOf(sequence) } : {}),
    ...(nodefilters === undefined && dispatch === undefined
      ? {}
      : { nodefilters: { ...(isMap(nodefilters) ? nodefilters : {}), ...(dispatch === undefined ? {} : { dispatch }) } }),
  };
}

function optionOf(option: unknown): unknown {
  if (!isMap(option)) return option;
  const { values, enforcedvalues, ...rest } = option;
  const delimiter = typeof option['valuesListDelimiter'] === 'string' ? option['valuesListDelimiter'] : ',';
  return {
    ...rest,
    ...(enforcedvalues === undefined ? {} : { enforced: enforcedvalues }),
    ...(typeof values === 'string' ? { values: values.split(delimiter).map((value) => value.trim()) } : {}),
  };
}

function sequenceOf(sequence: Readonly<Record<string, unknown>>): unknown {
  const { command, ...rest } = sequence;
  return { ...rest, commands: listOf(command).map(commandOf) };
}

function commandOf(command: unknown): unknown {
  if (!isMap(command)) return command;
  const { jobref, errorhandler, scriptargs, scriptinterpreter, ...rest } = command;
  const stepPlugin = rest['step-plugin'];
  const nodePlugin = rest['node-step-plugin'];
  const { 'step-plugin': _step, 'node-step-plugin': _node, ...others } = rest;
  const plugin = isMap(stepPlugin) ? { ...stepPlugin, nodeStep: 'false' } : isMap(nodePlugin) ? { ...nodePlugin, nodeStep: 'true' } : null;
  return {
    ...others,
    ...(plugin === null ? {} : pluginOf(plugin)),
    ...(isMap(jobref) ? { jobref: jobrefOf(jobref) } : {}),
    ...(errorhandler === undefined ? {} : { errorhandler: commandOf(errorhandler) }),
    ...(scriptargs === undefined ? {} : { args: scriptargs }),
    ...(scriptinterpreter === undefined
      ? {}
      : isMap(scriptinterpreter)
        ? interpreterOf(scriptinterpreter)
        : { scriptInterpreter: scriptinterpreter }),
  };
}

function interpreterOf({ '#text': text, ...attributes }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { argsquoted, ...rest } = attributes;
  return {
    ...rest,
    ...(text === undefined ? {} : { scriptInterpreter: text }),
    ...(argsquoted === undefined ? {} : { interpreterArgsQuoted: argsquoted }),
  };
}

function jobrefOf({ arg, ...rest }: Readonly<Record<string, unknown>>): unknown {
  return { ...rest, ...(isMap(arg) ? { args: arg['line'], ...withoutKey(arg, 'line') } : {}) };
}

function pluginOf({ configuration, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = isMap(configuration) ? listOf(configuration['entry']).filter(isMap) : [];
  const named = Object.fromEntries(entries.map((entry) => [String(entry['key']), entry['value']]));
  return { ...rest, ...(entries.length === 0 ? {} : { configuration: named }) };
}

/** Text between elements is layout; the text of an element with nothing else is its value. */
function tidied(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\n') ? value.replace(/^\n/, '') : value.trim();
  if (isList(value)) return value.map(tidied);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== '#text' || (typeof item === 'string' && item.trim() !== ''));
  return Object.fromEntries(entries.map(([key, item]) => [key, tidied(item)]));
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === '' ? [] : isList(value) ? value : [value];
}

function childOf(value: unknown, key: string): unknown {
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function withoutKey(map: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}
