// A person looks ahead: at a runbook, at a drill that is there, or at the next due time of a schedule.
import { done, refused, type Result } from '../domain/errors.ts';
import { dueTimes } from '../domain/schedule/due-times.ts';
import { isPreflightOk, type PreflightProblem } from '../domain/schedule/preflight.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { assessReadiness } from './assess-readiness.ts';
import { subjectOf } from './drill-subject.ts';
import { findPreflightProblems, type PreflightQuestion } from './preflight.ts';
import { runbookOfSchedule } from './schedule-input.ts';
import { ScheduleView, type What } from './schedule-view.ts';

export type PreflightSubject =
  | { readonly kind: 'runbook'; readonly what: What }
  | { readonly kind: 'drill'; readonly drill: string }
  | { readonly kind: 'schedule'; readonly schedule: string };

export interface PreflightReport {
  readonly at: number;
  readonly dueAt: number | null;
  readonly isOk: boolean;
  readonly problems: readonly PreflightProblem[];
}

/** Takes drills.preflight for the services of the runbook. What was found for a due time is kept with it. */
export async function askPreflight(app: App, actor: Actor | null, subject: PreflightSubject): Promise<Result<PreflightReport>> {
  const asked = await questionOf(app, actor, subject);
  if (!asked.ok) return asked;
  const { stores } = app.database;
  const { scheduled } = asked.value;
  const begunAt = app.clock();
  const problems = await findPreflightProblems(app, new ScheduleView(app), asked.value);
  const at = app.clock();
  if (scheduled !== null) {
    const preflight = { schedule: scheduled.schedule.id, dueAt: scheduled.dueAt, kind: 'asked', begunAt, endedAt: at, problems } as const;
    await app.database.write(async (writing) => {
      await writing.preflights.begin(preflight, begunAt);
      await writing.preflights.end(preflight);
    });
  }
  if ((await stores.portfolio.load()).hosts.length > 0) await assessReadiness(app);
  return done({ at, dueAt: scheduled?.dueAt ?? null, isOk: isPreflightOk(problems), problems });
}

async function questionOf(app: App, actor: Actor | null, subject: PreflightSubject): Promise<Result<PreflightQuestion>> {
  switch (subject.kind) {
    case 'runbook':
      return ofRunbook(app, actor, subject.what);
    case 'drill':
      return ofDrill(app, actor, subject.drill);
    case 'schedule':
      return ofSchedule(app, actor, subject.schedule);
  }
}

async function ofRunbook(app: App, actor: Actor | null, what: What): Promise<Result<PreflightQuestion>> {
  const { stores } = app.database;
  const runbook = await runbookOfSchedule(stores, what.runbook);
  const denied = deny(actor, 'drills.preflight', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (runbook === null) return refused('NOT_FOUND', `There is no runbook "${what.runbook}".`, { field: 'runbook' });
  return done({ what, scheduled: null, drill: null });
}

async function ofDrill(app: App, actor: Actor | null, id: string): Promise<Result<PreflightQuestion>> {
  const { stores } = app.database;
  const drill = await stores.drills.find(id);
  const denied = deny(actor, 'drills.preflight', await subjectOf(stores, drill?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  const plan = drill === null ? null : await stores.drills.plan(id);
  if (drill === null || plan === null) return refused('NOT_FOUND', `There is no drill ${id}. Look it up in the list of drills.`, { field: 'drill' });
  const schedule = drill.schedule === null ? null : await stores.schedules.find(drill.schedule);
  const scheduled = schedule === null || drill.dueAt === null ? null : { schedule, dueAt: drill.dueAt };
  return done({ what: { runbook: drill.runbook, mode: drill.mode, inputs: openInputs(plan) }, scheduled, drill });
}

/** Secret values are not planned with again: they do not count for the hash either. */
function openInputs({ inputs, secrets = [] }: { readonly inputs: What['inputs']; readonly secrets?: readonly string[] }): What['inputs'] {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, secrets.includes(name) && value !== '' ? 'secret' : value]));
}

async function ofSchedule(app: App, actor: Actor | null, id: string): Promise<Result<PreflightQuestion>> {
  const { stores } = app.database;
  const schedule = await stores.schedules.find(id);
  const runbook = schedule === null ? null : await runbookOfSchedule(stores, schedule.runbook);
  const denied = deny(actor, 'drills.preflight', await subjectOf(stores, runbook?.services ?? []));
  if (denied !== null) return { ok: false, refusal: denied };
  if (schedule === null) return refused('NOT_FOUND', `There is no schedule ${id}.`, { field: 'schedule' });
  const [dueAt] = dueTimes(schedule, app.clock(), { count: 1 });
  if (dueAt === undefined) return refused('BAD_STATE', `${id} has no due time ahead, so there is nothing to look at.`, { field: 'schedule' });
  const row = await stores.schedules.occurrence(id, dueAt);
  const drill = row?.drill === null || row === null ? null : await stores.drills.find(row.drill);
  return done({ what: schedule, scheduled: { schedule, dueAt }, drill });
}
