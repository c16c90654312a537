// The sequence of a job: its steps in order, and what an error handler does after one of them has failed.
import type { RawBody } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import { commandStep, isMendedByHandler, pathOf } from './command.ts';
import type { CommandStep, Entry } from './command.ts';
import { isTrue } from './job.ts';
import type { Job } from './job.ts';
import type { Nodes } from './nodes.ts';

interface Placed {
  readonly entry: Entry;
  readonly path: readonly (string | number)[];
}

/** Gives the ids of the steps. */
export function addSequence(job: Job, nodes: Nodes): readonly string[] {
  const { sequence } = job.data;
  const isParallel = isMap(sequence) && scalarText(sequence['strategy']) === 'parallel';
  const ids: string[] = [];
  let after: string | null = null;
  for (const { entry, path } of entriesOf(sequence, job)) {
    const made = commandStep(entry, job, nodes);
    const handler = isMap(entry['errorhandler']) ? entry['errorhandler'] : null;
    const needs = isParallel ? { needs: [] } : after === null ? {} : { needs: [after] };
    const id = job.builder.reserveId(made.title);
    if (handler === null) {
      job.builder.addStep({ name: id, body: { title: made.title, ...made.body, ...needs } });
      after = null;
    } else after = addHandled(job, nodes, { id, made, needs, handler, path: [...path, 'errorhandler'] });
    ids.push(id);
    claim(job, path, { made, id });
  }
  claimStrategy(job, nodes, ids.length);
  return ids;
}

function entriesOf(sequence: unknown, { ledger, at }: Job): readonly Placed[] {
  const list = isMap(sequence) ? sequence['commands'] : sequence;
  const base = isMap(sequence) ? ['sequence', 'commands'] : ['sequence'];
  if (!isList(list)) return [];
  return list.flatMap((entry, index): readonly Placed[] => {
    if (!isMap(entry)) return [];
    const path = [...base, index];
    if (entry['enabled'] === false || entry['enabled'] === 'false') {
      ledger.unplaced({ at: [...at, ...path], became: null, why: 'The step is switched off in the job.' });
      return [];
    }
    return [{ entry, path }];
  });
}

interface Handled {
  readonly id: string;
  readonly made: CommandStep;
  readonly needs: Pick<RawBody, 'needs'>;
  readonly handler: Entry;
  readonly path: readonly (string | number)[];
}

/**
 * A handler that mends: the failure is a warning, and the handler runs when there was one. One that does not: the failure goes on at the
 * handler, and the drill ends failed after it. Gives the step that the next one needs.
 */
function addHandled(job: Job, nodes: Nodes, { id, made, needs, handler, path }: Handled): string {
  const mended = isMendedByHandler(handler);
  const own = commandStep(handler, job, nodes);
  const handlerId = job.builder.reserveId(`after-failed-${id}`);
  const isCall = made.body.call !== undefined;
  const onFailure = isCall ? ('continue' as const) : mended ? ('warn' as const) : { goto: handlerId };
  const state = isCall || !mended ? 'failed' : 'warned';
  job.builder.addStep({ name: id, body: { title: made.title, ...made.body, ...needs, onFailure } });
  job.builder.addStep({
    name: handlerId,
    comment: [mended || isCall ? 'The error handler: when it succeeds the drill goes on.' : 'The error handler: the drill ends failed after it.'],
    body: { title: own.title, ...own.body, needs: [id], when: `steps["${id}"].state == "${state}"` },
  });
  const { ledger } = job;
  ledger.understood({
    at: pathOf(job, path),
    keys: ['keepgoingOnSuccess'],
    became: handlerId,
    why: mended ? 'The drill goes on.' : 'The drill ends failed.',
  });
  claim(job, path, { made: own, id: handlerId });
  return mended || isCall ? handlerId : id;
}

function claim({ ledger, at }: Job, path: readonly (string | number)[], { made, id }: { readonly made: CommandStep; readonly id: string }): void {
  const place = [...at, ...path];
  if (made.keys === null) ledger.manual({ at: place, became: id, why: made.why });
  else ledger.understood({ at: place, keys: [...made.keys, 'enabled', 'nodeStep'], became: id, why: made.why });
  if (made.jobKeys !== undefined) ledger.understood({ at: [...place, 'jobref'], keys: made.jobKeys, became: id, why: made.why });
}

function claimStrategy(job: Job, nodes: Nodes, count: number): void {
  const { sequence } = job.data;
  if (!isMap(sequence)) return;
  const { ledger } = job;
  const path = pathOf(job, ['sequence']);
  ledger.understood({
    at: [...path, 'keepgoing'],
    became: isTrue(sequence['keepgoing']) ? 'defaults.onFailure' : null,
    why: 'What a failure does to the steps after it.',
  });
  const strategy = scalarText(sequence['strategy']);
  const isSame =
    strategy === 'sequential' ||
    strategy === 'step-first' ||
    strategy === 'parallel' ||
    (strategy === 'node-first' && (nodes.isOneHost || count < 2));
  if (isSame) ledger.understood({ at: [...path, 'strategy'], became: null, why: 'The order of the steps is the same.' });
  else if (strategy === 'node-first') ledger.unplaced({ at: [...path, 'strategy'], became: null, why: NODE_FIRST });
}

const NODE_FIRST =
  'The job finishes one node before the next begins; a runbook finishes each step on all hosts. Where that matters, call a runbook for one host.';
