// On which instances a step runs, as a target: a host that is asked for, hosts, or hosts with a label.
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { soleName } from './document.ts';
import type { SourceStep, SsmDocument } from './document.ts';

export interface InstanceTarget {
  readonly on: string;
  /** Paths under the step that it says. */
  readonly says: readonly (readonly string[])[];
}

const QUESTION = 'Which host runs the commands? In Systems Manager it was chosen when the document was run.';

/** The same instances get the same target. */
export function targetOf({ entry }: SourceStep, document: SsmDocument): InstanceTarget {
  const inputs = isMap(entry['inputs']) ? entry['inputs'] : {};
  const ids = listOf(inputs['InstanceIds']);
  if (ids !== null) return byIds(ids, document);
  const labels = labelsOf(inputs['Targets']);
  if (labels !== null) return { on: known(document, 'tagged', { labels }), says: [['inputs', 'Targets']] };
  return { on: document.builder.askedTarget(QUESTION), says: [] };
}

function byIds(ids: readonly string[], document: SsmDocument): InstanceTarget {
  const hosts = ids.map((id) => hostOf(id, document));
  if (hosts.includes(null)) return { on: document.builder.askedTarget(QUESTION), says: [] };
  const texts = hosts.filter((host) => host !== null);
  const [first = ''] = texts;
  const name = texts.length === 1 ? first.slice(2, -1) : 'instances';
  return { on: known(document, name, texts.length === 1 ? { host: first } : { hosts: [...new Set(texts)] }), says: [['inputs', 'InstanceIds']] };
}

/** `${input}` for a parameter or for an instance by its number, which the app does not know. */
function hostOf(id: string, document: SsmDocument): string | null {
  const name = soleName(id);
  if (name !== null) {
    const parameter = document.parameters.get(name);
    return parameter === undefined || !parameter.becomeHost() ? null : `\${${parameter.variable()}}`;
  }
  if (id.includes('{{')) return null;
  const ask = `Which host is the instance ${id}?`;
  const asked = [...document.builder.inputs].find(([, input]) => input.ask === ask)?.[0];
  return `\${${asked ?? document.builder.addInput(`instance-${id}`, { type: 'host', required: true, ask })}}`;
}

/** `tag:Role` with one value is the label Role. */
function labelsOf(targets: unknown): Readonly<Record<string, string>> | null {
  if (!isList(targets) || targets.length === 0) return null;
  const labels: Record<string, string> = {};
  for (const target of targets) {
    const tag = isMap(target) ? /^tag:(.+)$/.exec(scalarText(target['Key']) ?? '')?.[1] : undefined;
    const values = isMap(target) ? listOf(target['Values']) : null;
    const [value] = values ?? [];
    if (tag === undefined || value === undefined || values?.length !== 1 || value.includes('{{') || Object.hasOwn(labels, tag)) return null;
    labels[tag] = value;
  }
  return labels;
}

function known(
  document: SsmDocument,
  name: string,
  target: { host?: string; hosts?: readonly string[]; labels?: Readonly<Record<string, string>> },
): string {
  const text = JSON.stringify(target);
  const found = [...document.builder.targets].find(([, other]) => JSON.stringify(other) === text)?.[0];
  return found ?? document.builder.addTarget(name.replaceAll('_', '-'), target);
}

function listOf(value: unknown): readonly string[] | null {
  const list = isList(value) ? value : value === undefined ? [] : [value];
  const texts = list.map(scalarText).filter((text) => text !== null && text !== '');
  return texts.length === 0 || texts.length < list.length ? null : texts.filter((text) => text !== null);
}
