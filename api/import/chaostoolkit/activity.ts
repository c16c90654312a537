// One activity of an experiment, a probe or an action, as steps: its pauses, what asks before it, and what it does.
import type { Phase } from '../../domain/runbook/runbook.ts';
import { writeDuration } from '../../domain/duration.ts';
import type { RawStep } from '../../domain/runbook/raw-runbook.ts';
import { isList, isMap, scalarText } from '../runbook-source/source-path.ts';
import type { SourcePath } from '../runbook-source/source-path.ts';
import { titleFrom } from '../write-runbook/names.ts';
import type { Experiment } from './experiment.ts';
import { callOf } from './provider.ts';
import { manualInstruction, secretGroupsOf } from './python-call.ts';

export interface ActivityAt {
  readonly path: SourcePath;
  readonly activity: Readonly<Record<string, unknown>>;
  readonly phase: Phase;
  readonly isAlways: boolean;
  /** Whether a bad outcome is only noted, as chaostoolkit does with a probe that is not part of the hypothesis. */
  readonly isOnlyNoted: boolean;
  readonly suffix?: string;
  readonly heading?: string;
  /** What must have ended before; the step above unless given. */
  readonly needs?: readonly string[];
}

/** Ids of the first and the last of its steps, and of the one that does the work. */
export interface ActivitySteps {
  readonly first: string;
  readonly last: string;
}

export function addActivity(at: ActivityAt, experiment: Experiment): ActivitySteps {
  const { activity, heading, needs, suffix = '' } = at;
  const { builder } = experiment;
  const name = `${scalarText(activity['name']) ?? 'activity'}${suffix}`;
  const ids: string[] = [];
  const add = (stepName: string, body: Omit<RawStep, 'id'>): string => {
    const isFirst = ids.length === 0;
    const phase = { phase: at.phase, ...(isFirst && needs !== undefined ? { needs } : {}), ...(at.isAlways ? { always: true } : {}) };
    const id = builder.addStep({ name: stepName, body: { ...body, ...phase }, ...(isFirst && heading !== undefined ? { heading } : {}) });
    ids.push(id);
    return id;
  };
  addPause('before', at, { add, name, experiment });
  addPrompts(at, { add, name, experiment });
  const id = add(name, workOf(at, experiment));
  claimWork(at, id, experiment);
  addPause('after', at, { add, name, experiment });
  return { first: ids[0] ?? id, last: ids.at(-1) ?? id };
}

interface Adding {
  readonly add: (name: string, body: Omit<RawStep, 'id'>) => string;
  readonly name: string;
  readonly experiment: Experiment;
}

/** A day; what is longer is a slip of the pen. */
const LONGEST_PAUSE_S = 86_400;

function addPause(side: 'before' | 'after', { path, activity }: ActivityAt, { add, name, experiment }: Adding): void {
  const pauses = activity['pauses'];
  const pause = isMap(pauses) ? pauses[side] : undefined;
  const at = [...path, 'pauses', side];
  if (pause === undefined) return;
  const seconds = Number(scalarText(pause) ?? Number.NaN);
  if (seconds === 0) {
    experiment.ledger.understood({ at, became: null, why: 'No pause.' });
    return;
  }
  if (!(seconds > 0 && seconds <= LONGEST_PAUSE_S)) {
    const text = scalarText(pause) ?? '';
    const instruction = `Wait for ${text.replaceAll('${', () => '$${')} seconds.`;
    const id = add(`pause-${side}-${name}`, { title: `Pause ${side} ${name}`, confirm: instruction });
    experiment.ledger.manual({ at, became: id, why: 'The length of the pause is not a number.' });
    return;
  }
  const id = add(`pause-${side}-${name}`, { title: `Pause ${side} ${name}`, sleep: writeDuration(Math.max(1, Math.round(seconds * 1_000))) });
  experiment.ledger.understood({ at, became: id, why: 'A pause is a step of its own.' });
}

/** Controls that ask a person whether to go on; chaosyorn is the one that is published. */
function addPrompts({ path, activity }: ActivityAt, { add, name, experiment }: Adding): void {
  const { controls } = activity;
  if (!isList(controls)) return;
  for (const [index, control] of controls.entries()) {
    const provider = isMap(control) ? control['provider'] : undefined;
    if (!isMap(control) || !isMap(provider) || provider['module'] !== 'chaosyorn.control') continue;
    const id = add(`ask-before-${name}`, {
      title: `Go on with ${titleFrom(name)}?`,
      confirm: `May the drill go on with "${name.replaceAll('${', () => '$${')}"? *Failed* means no.`,
    });
    const at = [...path, 'controls', index];
    experiment.ledger.understood({ at, keys: ['name', 'provider'], became: id, why: 'The control asks a person, and so does the step.' });
  }
}

function workOf(at: ActivityAt, experiment: Experiment): Omit<RawStep, 'id'> {
  const { activity } = at;
  const { title, isProbe, call } = readActivity(at, experiment);
  const outcome = at.isOnlyNoted ? ({ onFailure: 'warn' } as const) : {};
  if (call === null || call.expect === null) {
    return {
      title,
      confirm: manualInstruction({ provider: activity['provider'], tolerance: activity['tolerance'], isProbe }, experiment),
      ...outcome,
    };
  }
  return { title, ...call.body(isProbe), ...(call.expect === undefined ? {} : { expect: call.expect }), ...outcome };
}

function readActivity({ activity }: ActivityAt, experiment: Experiment) {
  const { provider, tolerance } = activity;
  const isProbe = activity['type'] !== 'action';
  const title = titleFrom(scalarText(activity['name']) ?? (isProbe ? 'Probe' : 'Action'));
  return { title, isProbe, call: isMap(provider) ? callOf({ provider, tolerance }, experiment) : null };
}

function claimWork(at: ActivityAt, id: string, experiment: Experiment): void {
  const { path } = at;
  const { ledger } = experiment;
  const { isProbe, call } = readActivity(at, experiment);
  if (call === null || call.expect === null) {
    const why = isProbe ? 'A person finds it out and judges it; the call stands in the step.' : 'A person does it; the call stands in the step.';
    ledger.manual({ at: path, keys: ['type', 'name', 'ref', 'provider', 'tolerance'], became: id, why });
    for (const group of secretGroupsOf(at.activity['provider'])) {
      for (const secret of experiment.secretGroups.get(group) ?? []) {
        ledger.manual({
          at: secret.path,
          became: id,
          why: 'Whoever does the step needs it; the step says where it came from, and a value is not copied.',
        });
      }
    }
    return;
  }
  ledger.understood({ at: [...path, 'provider'], keys: call.keys, became: id, why: 'It does the same.' });
  ledger.understood({
    at: path,
    keys: ['type', 'name', 'ref', 'tolerance'],
    became: id,
    why: isProbe ? 'A look with what it must show.' : 'An action.',
  });
}
