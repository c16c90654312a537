// On which nodes a job runs, and how many at once: the target of its steps and the keys beside it.
import type { RawBody, RawTarget } from '../../domain/runbook/raw-runbook.ts';
import { shown } from '../runbook-source/ledger.ts';
import { isMap, scalarText } from '../runbook-source/source-path.ts';
import { isTrue } from './job.ts';
import type { Job } from './job.ts';

export interface Nodes {
  /** Keys of every step that runs on them; declares the target at the first use. */
  on(): Pick<RawBody, 'on' | 'batch' | 'order' | 'keepGoing'>;
  readonly isOneHost: boolean;
}

export function readNodes(job: Job): Nodes {
  const written = job.data['nodefilters'];
  if (!isMap(written)) {
    const ask = 'Which host runs it? In Rundeck it was the server itself.';
    return { isOneHost: true, on: () => ({ on: job.builder.askedTarget(ask) }) };
  }
  const filter = filterOf(written);
  const target = targetOf(filter);
  const spread = readDispatch(written, job);
  let key: string | null = null;
  return {
    isOneHost: target === null || (typeof target === 'object' && target.host !== undefined),
    on() {
      key ??=
        target === null
          ? job.builder.askedTarget(`Which host runs it? In Rundeck it was each node of the filter "${filter}".`)
          : job.builder.addTarget('nodes', target);
      claimFilter(job, { key, target, filter });
      return { on: key, ...(target === null ? {} : spread) };
    },
  };
}

function claimFilter(
  { ledger, at }: Job,
  { key, target, filter }: { readonly key: string; readonly target: RawTarget | null; readonly filter: string },
): void {
  const claim = { at: [...at, 'nodefilters'], keys: ['filter', 'include', 'filterExclude', 'exclude'], became: `targets.${key}` };
  if (target === null) ledger.manual({ ...claim, why: `Hosts cannot be looked up by this filter, so one is asked for: ${shown(filter)}.` });
  else ledger.understood({ ...claim, why: typeof target === 'object' && target.labels !== undefined ? LABELS : 'Nodes by name.' });
}

const LABELS = 'Tags and attributes are looked up as labels: give the hosts these labels, a tag as the label "tag".';

/** The filter as text; older exports have a map of included attributes. */
function filterOf(written: Readonly<Record<string, unknown>>): string {
  const { include } = written;
  const parts = isMap(include) ? Object.entries(include).map(([name, value]) => `${name}: ${scalarText(value) ?? ''}`) : [];
  const exclude = written['exclude'] !== undefined || (scalarText(written['filterExclude']) ?? '') !== '' ? ['!excluded'] : [];
  return [scalarText(written['filter']) ?? '', ...parts, ...exclude].join(' ').trim();
}

/** A name or a label's value without anything that would make it a pattern. */
const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Null when the filter is a pattern, excludes something, or is empty. */
function targetOf(filter: string): RawTarget | null {
  if (PLAIN.test(filter)) return { host: filter };
  const pairs = [...filter.matchAll(/([A-Za-z][\w-]*):\s*("[^"]*"|\S+)/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('"', '')] as const,
  );
  if (pairs.length === 0 || filter.replaceAll(/([A-Za-z][\w-]*):\s*("[^"]*"|\S+)/g, '').trim() !== '') return null;
  const [first] = pairs;
  if (pairs.length === 1 && first !== undefined && (first[0] === 'name' || first[0] === 'nodename')) return namedHosts(first[1]);
  const labels = pairs.map(([name, value]) => [name === 'tags' ? 'tag' : name, value] as const);
  if (
    labels.some(([name, value]) => !PLAIN.test(value) || name === 'name' || name === 'hostname') ||
    new Set(labels.map(([name]) => name)).size < labels.length
  )
    return null;
  return { labels: Object.fromEntries(labels) };
}

function namedHosts(value: string): RawTarget | null {
  const hosts = [...new Set(value.split(','))];
  const [only] = hosts;
  if (only === undefined || !hosts.every((host) => PLAIN.test(host))) return null;
  return hosts.length === 1 ? { host: only } : { hosts };
}

/** More rows at once than the language takes are all of them. */
const MOST_AT_ONCE = 10_000;

function readDispatch(written: Readonly<Record<string, unknown>>, { ledger, at }: Job): Pick<RawBody, 'batch' | 'order' | 'keepGoing'> {
  const { dispatch } = written;
  if (!isMap(dispatch)) return {};
  const path = [...at, 'nodefilters', 'dispatch'];
  const count = Number(scalarText(dispatch['threadcount']) ?? Number.NaN);
  const hasBatch = Number.isInteger(count) && count >= 1 && count <= MOST_AT_ONCE;
  if (hasBatch) ledger.understood({ at: [...path, 'threadcount'], became: 'batch', why: 'So many hosts at once.' });
  ledger.understood({
    at: [...path, 'keepgoing'],
    became: isTrue(dispatch['keepgoing']) ? 'keepGoing' : null,
    why: 'Whether further hosts start after one has failed.',
  });
  const isReverse = dispatch['rankOrder'] === 'descending' && dispatch['rankAttribute'] === undefined;
  if (dispatch['rankAttribute'] === undefined)
    ledger.understood({ at: [...path, 'rankOrder'], became: isReverse ? 'order' : null, why: 'The order of hosts.' });
  return {
    ...(hasBatch ? { batch: count } : {}),
    ...(isReverse ? { order: 'reverse' as const } : {}),
    ...(isTrue(dispatch['keepgoing']) ? { keepGoing: true } : {}),
  };
}
