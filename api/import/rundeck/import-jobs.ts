// Rundeck jobs as runbooks, one each.
import { parseDuration, writeDuration } from '../../domain/duration.ts';
import { done } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import type { ImportedRunbook, Importer } from '../imported-runbook.ts';
import { openLedger, shown } from '../runbook-source/ledger.ts';
import type { Reason } from '../runbook-source/ledger.ts';
import { isMap, scalarText, valueAt } from '../runbook-source/source-path.ts';
import type { SourceLeaf } from '../runbook-source/source-path.ts';
import { finishRunbook, recoveryClock } from '../write-runbook/finish-runbook.ts';
import { nameGiver } from '../write-runbook/names.ts';
import { runbookBuilder } from '../write-runbook/runbook-builder.ts';
import { isTrue } from './job.ts';
import type { Job } from './job.ts';
import { readNodes } from './nodes.ts';
import { addEndNotifications, addStartNotification } from './notifications.ts';
import { readOptions } from './options.ts';
import { readJobs } from './read-jobs.ts';
import type { ReadJobs } from './read-jobs.ts';
import { addSequence } from './sequence.ts';

export const importJobs: Importer = (text, fileName, options) => {
  const read = readJobs(text, fileName);
  if (!read.ok) return read;
  const { jobs } = read.value;
  const giveKey = nameGiver();
  const own = jobs.map((job) => giveKey(options.key ?? scalarText(job['name']) ?? 'job', 'job'));
  const keys = new Map(jobs.flatMap((job, index) => ['name', 'uuid', 'id'].flatMap((name) => entryOf(scalarText(job[name]), own[index] ?? ''))));
  const imported: ImportedRunbook[] = [];
  for (const [index, data] of jobs.entries()) {
    const runbook = importJob({ data, index, key: own[index] ?? 'job', keys, fileName, read: read.value });
    if (!runbook.ok) return runbook;
    imported.push(runbook.value);
  }
  return done(imported);
};

function entryOf(name: string | null, key: string): readonly (readonly [string, string])[] {
  return name === null ? [] : [[name, key]];
}

interface JobAt {
  readonly data: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly key: string;
  readonly keys: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly read: ReadJobs;
}

function importJob({ data, index, key, keys, fileName, read }: JobAt): Result<ImportedRunbook> {
  const at = [index];
  const ledger = openLedger(data, (path) => read.lineOf(path), at);
  const builder = runbookBuilder();
  const { variables, secrets } = readOptions(data['options'], { at: [...at, 'options'], ledger, builder });
  const job: Job = { data, at, key, ledger, builder, variables, secrets, keys };
  const nodes = readNodes(job);
  addStartNotification(job);
  const ids = addSequence(job, nodes);
  const name = (scalarText(data['name']) ?? '').trim();
  const title = name === '' ? `Job ${index + 1}` : name.replaceAll(/\s+/g, ' ');
  addEndNotifications(job, ids);
  const isParallel = scalarText(valueAt(data, ['sequence', 'strategy'])) === 'parallel';
  const recovery = isParallel ? null : recoveryClock(ids, builder.steps);
  const more = {
    ...defaultsOf(job),
    ...(recovery === null ? {} : { clocks: { recovery } }),
  };
  const head = { key, title, summary: summaryOf(job), more };
  const account = ledger.close(whyNotIn(job));
  return finishRunbook({ source: 'a Rundeck job', fileName, head, builder, account });
}

function summaryOf({ data, ledger, at }: Job): string {
  ledger.understood({ at: [...at, 'name'], became: 'title', why: 'The name.' });
  ledger.understood({ at, keys: ['description', 'group'], became: 'summary', why: 'Description and group.' });
  const description = (scalarText(data['description']) ?? '').trim();
  const group = (scalarText(data['group']) ?? '').trim();
  return [description, ...(group === '' ? [] : [`In Rundeck it stood in the group ${group}.`])].filter((part) => part !== '').join('\n\n');
}

/** A failure that does not stop the job, and the time that it may take: of each step, because a runbook as a whole has none. */
function defaultsOf({ data, ledger, at }: Job): { readonly defaults?: { readonly onFailure?: 'continue'; readonly timeout?: string } } {
  const { sequence } = data;
  const keepsGoing = isMap(sequence) && isTrue(sequence['keepgoing']);
  const timeout = timeoutOf(scalarText(data['timeout']));
  if (timeout !== null)
    ledger.understood({ at: [...at, 'timeout'], became: 'defaults.timeout', why: 'It bounds each step; a runbook as a whole has no such bound.' });
  if (!keepsGoing && timeout === null) return {};
  return { defaults: { ...(timeout === null ? {} : { timeout }), ...(keepsGoing ? { onFailure: 'continue' as const } : {}) } };
}

/** `120` is seconds; `1h 30m` as it says. */
function timeoutOf(text: string | null): string | null {
  const plain = (text ?? '').replaceAll(/\s+/g, '');
  const ms = /^\d{1,9}$/.test(plain) ? Number(plain) * 1_000 : parseDuration(plain);
  return ms === null || ms === 0 ? null : writeDuration(ms);
}

const REASONS: Readonly<Record<string, string>> = {
  schedule: 'Make a schedule of its own in the app; it was',
  retry: 'A runbook repeats steps and not the whole: a step that may run twice can have `retry`. It was',
  uuid: 'Rundeck’s own number of the job:',
  id: 'Rundeck’s own number of the job:',
  notification: 'Messages on this occasion are not sent:',
};

const OWN_SETTINGS: ReadonlySet<string> = new Set(
  `defaultTab executionEnabled scheduleEnabled loglevel loglimit loglimitAction multipleExecutions maxMultipleExecutions nodeFilterEditable
   nodesSelectedByDefault averageDuration notifyAvgDurationThreshold timeZone context optionsOf project`.split(/\s+/),
);

function whyNotIn({ data, at }: Job): (leaf: SourceLeaf) => Reason | null {
  return ({ path }) => {
    const key = String(path[at.length]);
    const why = REASONS[key];
    if (why !== undefined) return { at: [...at, key], why: `${why} ${key === 'schedule' ? scheduleText(data[key]) : shown(data[key])}.` };
    if (OWN_SETTINGS.has(key)) return { at: [...at, key], why: `A setting of Rundeck itself: ${shown(data[key])}.` };
    const setting = path.indexOf('dispatch');
    if (setting > 0) return { at: path, why: `A setting of how Rundeck chooses nodes: ${shown(valueAt(data, path.slice(at.length)))}.` };
    if (path.includes('plugins')) {
      const place = path.slice(0, path.indexOf('plugins') + 1);
      return { at: place, why: `Plug-ins of Rundeck are not part of a runbook: ${shown(valueAt(data, place.slice(at.length)))}.` };
    }
    return null;
  };
}

/** Rundeck's parts in the order of Quartz: second, minute, hour, day of month, month, day of week, year. */
function scheduleText(schedule: unknown): string {
  const of = (...path: readonly string[]): string => scalarText(valueAt(schedule, path)) ?? '*';
  if (!isMap(schedule)) return shown(schedule);
  if (scalarText(schedule['crontab']) !== null) return `\`${of('crontab')}\` (second, minute, hour, day of month, month, day of week, year)`;
  const month = scalarText(schedule['month']) ?? of('month', 'month');
  const parts = [
    of('time', 'seconds'),
    of('time', 'minute'),
    of('time', 'hour'),
    of('dayofmonth', 'day'),
    month,
    of('weekday', 'day'),
    scalarText(schedule['year']) ?? of('year', 'year'),
  ];
  return `\`${parts.join(' ')}\` (second, minute, hour, day of month, month, day of week, year)`;
}
