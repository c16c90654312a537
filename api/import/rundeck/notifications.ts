// Who is told when a job starts, succeeds or fails: notify steps at its beginning and at its end.
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { withoutPlaces } from '../write-runbook/original-text.ts';
import type { Job } from './job.ts';

/** The condition over all steps must stay readable, and within what the language takes. */
const MOST_JUDGED = 20;

type Occasion = 'onstart' | 'onsuccess' | 'onfailure';

export function addStartNotification(job: Job): void {
  add(job, 'onstart', { title: 'Tell that it starts', verb: 'starts' });
}

export function addEndNotifications(job: Job, ids: readonly string[]): void {
  add(job, 'onsuccess', { title: 'Tell that it has succeeded', verb: 'has succeeded' });
  if (ids.length === 0 || ids.length > MOST_JUDGED) return;
  const when = ids.map((id) => `steps["${id}"].state == "failed"`).join(' || ');
  add(job, 'onfailure', { title: 'Tell that it has failed', verb: 'has failed', always: { always: true, when } });
}

interface Telling {
  readonly title: string;
  readonly verb: string;
  readonly always?: { readonly always: true; readonly when: string };
}

function add(job: Job, occasion: Occasion, { title, verb, always }: Telling): void {
  const notification = job.data['notification'];
  const told = isMap(notification) ? notification[occasion] : undefined;
  if (told === undefined || told === null) return;
  const receivers = receiversOf(told);
  const name = scalarText(job.data['name']) ?? 'The job';
  const id = job.builder.addStep({
    name: `notify-${occasion.slice(2)}`,
    comment: [`fill in: {channel, message} with a channel that reaches ${receivers === '' ? 'whom the job told' : receivers}`],
    body: { title, notify: withoutPlaces(`${name} ${verb}.`), ...always },
  });
  job.ledger.manual({
    at: [...job.at, 'notification', occasion],
    became: id,
    why: `The message goes to the record of the drill until a channel is filled in${receivers === '' ? '' : ` for ${receivers}`}.`,
  });
}

/** Whom the notification reached: addresses of mail and of hooks, and names of plug-ins. */
function receiversOf(told: unknown): string {
  const found: string[] = [];
  const open: { readonly key: string; readonly value: unknown }[] = [{ key: '', value: told }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { key, value } = next;
    const text = scalarText(value);
    if (text !== null && RECEIVER_KEYS.has(key)) found.push(text);
    if (isMap(value)) open.push(...Object.entries(value).map(([name, item]) => ({ key: name, value: item })));
    if (isList(value)) open.push(...value.map((item) => ({ key, value: item })));
  }
  return found.join(', ').replaceAll(/\s+/g, ' ');
}

const RECEIVER_KEYS: ReadonlySet<string> = new Set(['recipients', 'urls', 'type']);
