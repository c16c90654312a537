// Creates a schedule: from now on its runbook is drilled at the times of its rule.
import { resolveInputs } from '../domain/drill/resolve-inputs.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { validateSchedule } from '../domain/schedule/validate-schedule.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { subjectOf } from './drill-subject.ts';
import { requireText } from './required-text.ts';
import type { Stores } from './stores.ts';

export interface ScheduleInput {
  readonly title: string;
  readonly runbook: string;
  readonly mode: DrillMode;
  readonly inputs: Readonly<Record<string, string>>;
  /** Five fields, read in `zone`. */
  readonly cron: string;
  readonly zone: string;
  readonly graceMs: number;
}

/** Which field of the form a problem of the rule belongs to. */
const FIELD_OF_PROBLEM: Readonly<Record<string, keyof ScheduleInput>> = {
  'bad-cron': 'cron',
  'never-due': 'cron',
  'unknown-zone': 'zone',
  'bad-grace': 'graceMs',
};

/**
 * Takes schedules.edit for the services of the runbook; who creates it owns it, and stands as the requester of its drills. The runbook need not be
 * approved yet: an occurrence that falls due before is missed and says why.
 */
export async function createSchedule(app: Pick<App, 'database' | 'clock'>, actor: Actor | null, input: ScheduleInput): Promise<Result<Schedule>> {
  const { stores } = app.database;
  const found = await stores.runbooks.find(input.runbook);
  const runbook = found === null ? null : (found.approved ?? found.latest).runbook;
  const denied = deny(actor, 'schedules.edit', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (runbook === null || actor === null) return refused('NOT_FOUND', `There is no runbook "${input.runbook}".`, { field: 'runbook' });

  const title = requireText(input.title, 'title');
  if (!title.ok) return title;
  const refusal = ruleFault(input) ?? (await inputFault(stores, runbook, input));
  if (refusal !== null) return { ok: false, refusal };
  return app.database.write(async (writing) => {
    const at = app.clock();
    const id = await nextId(writing);
    const schedule: Schedule = { ...fieldsOf(input), id, title: title.value, owner: actor.name, isActive: true, createdAt: at };
    await writing.schedules.create(schedule);
    await writing.history.append({ at, by: actor.name, type: 'schedule.created', subject: id, data: { ...fieldsOf(input), title: title.value } });
    return done(schedule);
  });
}

function fieldsOf({ runbook, mode, inputs, cron, zone, graceMs }: ScheduleInput): Omit<ScheduleInput, 'title'> {
  return { runbook, mode, inputs, cron: cron.trim(), zone, graceMs };
}

function ruleFault(input: ScheduleInput): Refusal | null {
  const problems = validateSchedule({ ...input, cron: input.cron.trim() });
  const first = problems[0];
  if (first === undefined) return null;
  const field = FIELD_OF_PROBLEM[first.code];
  return refused('INVALID_INPUT', `${first.message} ${first.remedy}`, field === undefined ? { problems } : { problems, field }).refusal;
}

async function inputFault(stores: Stores, runbook: Runbook, input: ScheduleInput): Promise<Refusal | null> {
  const secret = runbook.inputs.find(({ name, isSecret }) => isSecret === true && (input.inputs[name] ?? '') !== '');
  if (secret !== undefined) {
    return refused('INVALID_INPUT', `The input ${secret.name} is secret, and a schedule keeps no secrets. Start such drills by hand.`, {
      field: 'inputs',
    }).refusal;
  }
  const { problems } = resolveInputs(runbook.inputs, input.inputs, await stores.portfolio.load());
  const first = problems[0];
  return first === undefined ? null : refused('INVALID_INPUT', `${first.message} ${first.remedy}`, { problems, field: 'inputs' }).refusal;
}

/** Schedules are paused and never deleted, so their count names the next one. */
async function nextId(stores: Stores): Promise<string> {
  return `SC-${(await stores.schedules.list()).length + 1}`;
}
