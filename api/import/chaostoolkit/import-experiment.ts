// A chaostoolkit experiment as a runbook: the steady state is checked before and after, the method is carried out, rollbacks run however it ends.
import { done, refused } from '../../domain/errors.ts';
import type { Result } from '../../domain/errors.ts';
import type { ImportedRunbook, Importer, ImportOptions } from '../imported-runbook.ts';
import { openLedger, shown } from '../runbook-source/ledger.ts';
import type { Reason } from '../runbook-source/ledger.ts';
import { readSource } from '../runbook-source/read-source.ts';
import type { ReadSource } from '../runbook-source/read-source.ts';
import { isList, isMap, scalarText, valueAt } from '../runbook-source/source-path.ts';
import type { SourceLeaf, SourcePath } from '../runbook-source/source-path.ts';
import { finishRunbook } from '../write-runbook/finish-runbook.ts';
import { keyFrom } from '../write-runbook/names.ts';
import { runbookBuilder } from '../write-runbook/runbook-builder.ts';
import { addActivity } from './activity.ts';
import type { ActivityAt } from './activity.ts';
import { readConfiguration, readSecrets, UNUSED_SECRET } from './configuration.ts';
import type { Experiment } from './experiment.ts';

export const importExperiment: Importer = (text, fileName, options) => {
  const source = readSource(text, fileName);
  if (!source.ok) return source;
  const { data } = source.value;
  if (!isMap(data)) return refused('INVALID_INPUT', `${fileName} is not an experiment: it has no keys such as \`method\`.`);
  const imported = readExperiment(data, source.value, { ...options, fileName });
  return imported.ok ? done([imported.value]) : imported;
};

function readExperiment(
  root: Readonly<Record<string, unknown>>,
  source: ReadSource,
  options: ImportOptions & { readonly fileName: string },
): Result<ImportedRunbook> {
  const ledger = openLedger(root, (path) => source.lineOf(path));
  const builder = runbookBuilder();
  const configuration = readConfiguration(root, { ledger, builder });
  const secrets = readSecrets(root, { ledger, builder });
  const experiment: Experiment = { ledger, builder, variables: new Map([...secrets.variables, ...configuration]), secretGroups: secrets.groups };
  const title = scalarText(root['title'])?.trim() ?? '';
  const name = title === '' ? 'Experiment' : title.replaceAll(/\s+/g, ' ');
  ledger.understood({ at: ['title'], became: 'title', why: 'The title.' });
  ledger.understood({ at: ['version'], became: null, why: 'The version of the format.' });
  const clocks = addSteps(root, experiment);
  const head = {
    key: options.key ?? keyFrom(name) ?? 'experiment',
    title: name,
    summary: summaryOf(root, experiment),
    more: { scenario: 'host-loss', ...(clocks === null ? {} : { clocks: { recovery: clocks } }) },
  };
  const account = ledger.close(whyNotIn(root));
  return finishRunbook({ source: 'a chaostoolkit experiment', fileName: options.fileName, head, builder, account });
}

function summaryOf(root: Readonly<Record<string, unknown>>, { ledger }: Experiment): string {
  const description = scalarText(root['description']) ?? '';
  ledger.understood({ at: ['description'], became: 'summary', why: 'The description.' });
  const { tags } = root;
  if (!isList(tags) || tags.some((tag) => scalarText(tag) === null)) return description;
  ledger.understood({ at: ['tags'], became: 'summary', why: 'Tags stand at the end of the summary.' });
  return tags.length === 0 ? description : `${description}\n\nTags: ${tags.join(', ')}.`.trim();
}

/** Adds all steps; gives where the recovery time may begin and end. */
function addSteps(root: Readonly<Record<string, unknown>>, experiment: Experiment): { readonly from: string; readonly to: string } | null {
  const { ledger } = experiment;
  const hypothesis = root['steady-state-hypothesis'];
  const probes = isMap(hypothesis) ? activitiesIn(hypothesis['probes'], ['steady-state-hypothesis', 'probes']) : [];
  if (isMap(hypothesis)) ledger.understood({ at: ['steady-state-hypothesis', 'title'], became: null, why: 'It is the heading above the checks.' });
  const steadyTitle = isMap(hypothesis) ? (scalarText(hypothesis['title']) ?? 'steady state') : 'steady state';
  const method = resolved(activitiesIn(root['method'], ['method']), [...probes, ...activitiesIn(root['method'], ['method'])]);
  const rollbacks = resolved(activitiesIn(root['rollbacks'], ['rollbacks']), [...probes, ...method]);

  let before: readonly string[] | undefined;
  for (const [index, probe] of probes.entries()) {
    const heading = index === 0 ? { heading: `before: ${steadyTitle}` } : {};
    const { last } = addActivity({ ...probe, phase: 'prepare', isAlways: false, isOnlyNoted: false, ...heading }, experiment);
    before = [last];
  }
  const { first, open } = addMethod(method, before, experiment);
  let needs: readonly string[] | undefined = open.length > 1 ? open : undefined;
  let to: string | null = null;
  for (const [index, probe] of probes.entries()) {
    const heading = index === 0 ? { heading: `after: ${steadyTitle}` } : {};
    const at: ActivityAt = { ...probe, phase: 'verify', isAlways: false, isOnlyNoted: false, suffix: '-after', ...heading };
    to = addActivity(needs === undefined ? at : { ...at, needs }, experiment).last;
    needs = undefined;
  }
  for (const [index, rollback] of rollbacks.entries()) {
    const heading = index === 0 ? { heading: 'rollbacks, however the drill ends' } : {};
    const at: ActivityAt = { ...rollback, phase: 'cleanup', isAlways: true, isOnlyNoted: false, ...heading };
    addActivity(needs === undefined ? at : { ...at, needs }, experiment);
    needs = undefined;
  }
  return first === null || to === null ? null : { from: first, to };
}

/** What runs in the background is not waited for before the checks at the end. */
function addMethod(
  method: readonly SourceActivity[],
  before: readonly string[] | undefined,
  experiment: Experiment,
): { readonly first: string | null; readonly open: readonly string[] } {
  const background: string[] = [];
  let front = before ?? [];
  let first: string | null = null;
  let isAboveFront = true;
  for (const [index, activity] of method.entries()) {
    const isBackground = activity.activity['background'] === true;
    const at: ActivityAt = {
      ...activity,
      phase: 'switch',
      isAlways: false,
      isOnlyNoted: activity.activity['type'] === 'probe' && activity.activity['tolerance'] === undefined,
      ...(index === 0 ? { heading: 'method' } : {}),
      ...(isAboveFront ? {} : { needs: front }),
    };
    const steps = addActivity(at, experiment);
    experiment.ledger.understood({
      at: [...activity.path, 'background'],
      became: steps.last,
      why: isBackground ? 'What follows does not wait for it; the checks at the end do.' : 'It is waited for.',
    });
    first ??= steps.first;
    if (isBackground) background.push(steps.last);
    else front = [steps.last];
    isAboveFront = !isBackground;
  }
  return { first, open: isAboveFront && background.length === 0 ? front : [...front, ...background] };
}

interface SourceActivity {
  readonly path: SourcePath;
  readonly activity: Readonly<Record<string, unknown>>;
}

function activitiesIn(list: unknown, path: SourcePath): readonly SourceActivity[] {
  if (!isList(list)) return [];
  return list.flatMap((activity, index) => (isMap(activity) ? [{ path: [...path, index], activity }] : []));
}

/** `ref` repeats an activity by its name; a name that nobody has is left unplaced. */
function resolved(activities: readonly SourceActivity[], known: readonly SourceActivity[]): readonly SourceActivity[] {
  return activities.flatMap((at) => {
    const ref = scalarText(at.activity['ref']);
    if (ref === null) return at.activity['provider'] === undefined && at.activity['name'] === undefined ? [] : [at];
    const named = known.find(({ activity }) => activity['name'] === ref);
    if (named === undefined) return [];
    return [{ path: at.path, activity: { ...named.activity, ...at.activity } }];
  });
}

/** Parts that are told as one, by how deep they are, and why they have no place. */
const REASONS: readonly (readonly [string, number, string])[] = [
  ['secrets', 3, UNUSED_SECRET],
  ['configuration', 2, 'Nothing in the steps uses it'],
  ['contributions', 1, 'What an experiment contributes to is not part of a runbook'],
  ['extensions', 1, 'Extensions are for other programs'],
  ['runtime', 1, 'The steady state is always checked before and after, and rollbacks always run'],
];

function whyNotIn(root: unknown): (leaf: SourceLeaf) => Reason | null {
  return ({ path }) => {
    const control = path.indexOf('controls');
    if (control >= 0) {
      const at = path.slice(0, control + 2);
      return { at, why: `What a control of chaostoolkit does is not part of a runbook: ${shown(valueAt(root, at))}.` };
    }
    const [, depth = 0, why = ''] = REASONS.find(([first]) => first === path[0]) ?? [];
    if (depth > 0) {
      const at = path.slice(0, depth);
      return { at, why: path[0] === 'secrets' ? why : `${why}: ${shown(valueAt(root, at))}.` };
    }
    return path.includes('provider') ? { at: path, why: `The step cannot say it: ${shown(valueAt(root, path))}.` } : null;
  };
}
