// What a person enters for a schedule, and whether it can be kept.
import { resolveInputs } from '../domain/drill/resolve-inputs.ts';
import type { DrillMode } from '../domain/drill/plan.ts';
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import type { Runbook } from '../domain/runbook/runbook.ts';
import { DEFAULT_GRACE_MS, DEFAULT_LEAD_MS, DEFAULT_WINDOW_MS } from '../domain/schedule/occurrence.ts';
import type { Schedule } from '../domain/schedule/schedule.ts';
import { validateSchedule, type FieldProblem } from '../domain/schedule/validate-schedule.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { Stores } from './stores.ts';

type Entered = Omit<Schedule, 'id' | 'owner' | 'isActive' | 'createdAt' | 'sinceAt' | 'endedAt' | 'version'>;

export interface ScheduleInput extends Entered {
  /** Account that stands as the requester of its drills; null for whoever enters it. */
  readonly owner: string | null;
}

/** What a schedule is like that says no more than what, when and where. */
export const PLAIN_SCHEDULE = {
  inputs: {},
  startsOn: null,
  endsOn: null,
  exceptions: [],
  isOnlyAfterPass: false,
  jitterMs: 0,
  graceMs: DEFAULT_GRACE_MS,
  windowMs: DEFAULT_WINDOW_MS,
  leadMs: DEFAULT_LEAD_MS,
  alertChannel: null,
  owner: null,
} as const satisfies Partial<ScheduleInput>;

export type ScheduleFields = Omit<Schedule, 'id' | 'isActive' | 'createdAt' | 'sinceAt' | 'endedAt' | 'version'>;

/** The services that a schedule of this runbook concerns; empty where there is no such runbook. */
export async function runbookOfSchedule(stores: Stores, key: string): Promise<Runbook | null> {
  const found = await stores.runbooks.find(key);
  return found === null ? null : (found.approved ?? found.latest).runbook;
}

/** The input as it is stored, or the first thing that is wrong with it under the field concerned, all of them as its problems. */
export async function checkScheduleInput(
  app: Pick<App, 'database' | 'clock' | 'abilities'>,
  actor: Actor,
  { input, runbook }: { readonly input: ScheduleInput; readonly runbook: Runbook },
): Promise<Result<ScheduleFields>> {
  const title = requireText(input.title, 'title');
  if (!title.ok) return title;
  const tidy = { ...input, rule: trimmed(input.rule) };
  const { stores } = app.database;
  const refusal =
    timingFault(tidy, app.clock()) ?? (await inputFault(stores, runbook, tidy)) ?? channelFault(app, tidy) ?? (await ownerFault(stores, actor, tidy));
  if (refusal !== null) return { ok: false, refusal };
  return done({ ...fieldsOf(tidy), title: title.value, owner: input.owner ?? actor.name });
}

/** Only what a schedule has: what comes in from outside may carry more. */
function fieldsOf(input: ScheduleInput): Omit<Entered, 'title'> {
  const { runbook, mode, inputs, rule, zone, startsOn, endsOn, exceptions, isOnlyAfterPass, jitterMs, graceMs, windowMs, leadMs, alertChannel } =
    input;
  return {
    runbook,
    mode,
    inputs,
    rule,
    zone,
    startsOn,
    endsOn,
    exceptions: exceptions.map(({ on, reason }) => ({ on, reason: reason.trim() })),
    isOnlyAfterPass,
    jitterMs,
    graceMs,
    windowMs,
    leadMs,
    alertChannel,
  };
}

function trimmed(rule: Schedule['rule']): Schedule['rule'] {
  return rule.kind === 'cron' ? { kind: 'cron', cron: rule.cron.trim() } : rule;
}

function timingFault(input: ScheduleInput, now: number): Refusal | null {
  const problems = validateSchedule(input, now);
  const [first] = problems;
  return first === undefined ? null : refusalOf(first, problems);
}

function refusalOf({ message, remedy, field }: FieldProblem, problems: readonly FieldProblem[]): Refusal {
  return refused('INVALID_INPUT', `${message} ${remedy}`, { problems, field }).refusal;
}

async function inputFault(
  stores: Stores,
  runbook: Runbook,
  input: { readonly inputs: Schedule['inputs']; readonly mode: DrillMode },
): Promise<Refusal | null> {
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

function channelFault({ abilities }: Pick<App, 'abilities'>, { alertChannel }: ScheduleInput): Refusal | null {
  if (alertChannel === null || abilities.channels.has(alertChannel)) return null;
  const known = [...abilities.channels].join(', ');
  return refused('INVALID_INPUT', `There is no channel "${alertChannel}". Channels here are ${known}.`, { field: 'alertChannel' }).refusal;
}

async function ownerFault(stores: Stores, actor: Actor, { owner }: ScheduleInput): Promise<Refusal | null> {
  if (owner === null || owner === actor.name || (await stores.accounts.find(owner)) !== null) return null;
  return refused('INVALID_INPUT', `There is no account "${owner}". Choose one, or leave it empty to own the schedule yourself.`, { field: 'owner' })
    .refusal;
}
