// Sets a freeze, changes one, or ends it: a time in which nothing is drilled by itself.
import { done, refused, type Refusal, type Result } from '../domain/errors.ts';
import { closingOfFreeze, type Freeze } from '../domain/schedule/closing.ts';
import type { Scope } from '../domain/schedule/scope.ts';
import { parseWall } from '../domain/schedule/wall-text.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { checkScope, denyClosing, zoneFault } from './closing-input.ts';
import { endClosing, replaceClosing } from './replace-closing.ts';
import { requireText } from './required-text.ts';

type ClosingApp = Pick<App, 'database' | 'clock'>;

export interface FreezeInput {
  readonly title: string;
  readonly reason: string;
  readonly scope: Scope;
  /** Local times of the zone. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** A longer one is a decision not to drill. */
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

export async function createFreeze(app: ClosingApp, actor: Actor | null, input: FreezeInput): Promise<Result<Freeze>> {
  const checked = await check(app, actor, input);
  if (!checked.ok) return checked;
  if (actor === null) return refused('UNAUTHENTICATED', 'You are not signed in. Sign in and try again.');
  return app.database.write(async (writing) => {
    const at = app.clock();
    const id = `FZ-${(await writing.freezes.list()).length + 1}`;
    const freeze: Freeze = { ...checked.value, id, owner: actor.name, createdAt: at, endedAt: null, version: 1 };
    await writing.freezes.create(freeze);
    await writing.history.append({ at, by: actor.name, type: 'freeze.created', subject: id, data: { ...checked.value } });
    return done(freeze);
  });
}

export async function updateFreeze(
  app: ClosingApp,
  actor: Actor | null,
  { id, version, input }: { readonly id: string; readonly version: number; readonly input: FreezeInput },
): Promise<Result<Freeze>> {
  const checked = await check(app, actor, input);
  if (!checked.ok) return checked;
  return replaceClosing(app, actor, {
    kind: 'freeze',
    storeOf: ({ freezes }) => freezes,
    id,
    version,
    change: checked.value,
    told: { ...checked.value },
  });
}

export async function endFreeze(
  app: ClosingApp,
  actor: Actor | null,
  wanted: { readonly id: string; readonly reason: string },
): Promise<Result<Freeze>> {
  return endClosing(app, actor, { kind: 'freeze', storeOf: ({ freezes }) => freezes, ...wanted });
}

async function check(app: ClosingApp, actor: Actor | null, input: FreezeInput): Promise<Result<FreezeInput>> {
  const { stores } = app.database;
  const denied = await denyClosing(stores, actor, [input.scope]);
  if (denied !== null) return { ok: false, refusal: denied };
  const title = requireText(input.title, 'title');
  if (!title.ok) return title;
  const reason = requireText(input.reason, 'reason');
  if (!reason.ok) return reason;
  const refusal = zoneFault(input.zone) ?? timeFault(input);
  if (refusal !== null) return { ok: false, refusal };
  const scope = await checkScope(stores, input.scope);
  if (!scope.ok) return scope;
  return done({ title: title.value, reason: reason.value, scope: scope.value, from: input.from, to: input.to, zone: input.zone });
}

function timeFault(input: FreezeInput): Refusal | null {
  for (const field of ['from', 'to'] as const) {
    if (parseWall(input[field]) === null) {
      return refused('INVALID_INPUT', `"${input[field]}" is not a local time. Write it as 2026-12-20T00:00.`, { field }).refusal;
    }
  }
  const { fromAt, toAt } = closingOfFreeze({ ...input, id: '', owner: '', createdAt: 0, endedAt: null, version: 1 });
  if (toAt <= fromAt) return refused('INVALID_INPUT', 'The freeze ends before it begins. Choose a later end.', { field: 'to' }).refusal;
  if (toAt - fromAt <= LONGEST_DAYS * DAY_MS) return null;
  return refused('INVALID_INPUT', `A freeze lasts at most ${LONGEST_DAYS} days. End or pause the schedules instead.`, { field: 'to' }).refusal;
}
