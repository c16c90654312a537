// Takes in a blackout calendar from an iCalendar file, changes one, or ends it.
import { done, refused, type Result } from '../domain/errors.ts';
import type { BlackoutCalendar } from '../domain/schedule/closing.ts';
import { readIcal } from '../domain/schedule/ical.ts';
import type { Scope } from '../domain/schedule/scope.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';
import { checkScope, denyClosing, zoneFault } from './closing-input.ts';
import { endClosing, replaceClosing } from './replace-closing.ts';
import { requireText } from './required-text.ts';

type ClosingApp = Pick<App, 'database' | 'clock'>;

export interface BlackoutInput {
  readonly title: string;
  readonly scope: Scope;
  /** For whole days, and for times without a zone. */
  readonly zone: string;
  /** The iCalendar file. Null keeps the one that is there. */
  readonly text: string | null;
}

/** Holidays of many years and countries stay far below it. */
const LONGEST_TEXT = 1_000_000;

export async function createBlackout(app: ClosingApp, actor: Actor | null, input: BlackoutInput): Promise<Result<BlackoutCalendar>> {
  const checked = await check(app, actor, input);
  if (!checked.ok) return checked;
  if (actor === null) return refused('UNAUTHENTICATED', 'You are not signed in. Sign in and try again.');
  const { text } = input;
  if (text === null) return refused('INVALID_INPUT', 'There is no file. Choose an iCalendar file (.ics).', { field: 'text' });
  return app.database.write(async (writing) => {
    const at = app.clock();
    const id = `BC-${(await writing.blackouts.list()).length + 1}`;
    const calendar: BlackoutCalendar = { ...checked.value, text, id, owner: actor.name, createdAt: at, endedAt: null, version: 1 };
    await writing.blackouts.create(calendar);
    await writing.history.append({ at, by: actor.name, type: 'blackout.created', subject: id, data: { ...checked.value } });
    return done(calendar);
  });
}

export async function updateBlackout(
  app: ClosingApp,
  actor: Actor | null,
  { id, version, input }: { readonly id: string; readonly version: number; readonly input: BlackoutInput },
): Promise<Result<BlackoutCalendar>> {
  const checked = await check(app, actor, input);
  if (!checked.ok) return checked;
  const change = { ...checked.value, ...(input.text === null ? {} : { text: input.text }) };
  const told = { ...checked.value, hasNewFile: input.text !== null };
  return replaceClosing(app, actor, { kind: 'blackout', storeOf: ({ blackouts }) => blackouts, id, version, change, told });
}

export async function endBlackout(
  app: ClosingApp,
  actor: Actor | null,
  wanted: { readonly id: string; readonly reason: string },
): Promise<Result<BlackoutCalendar>> {
  return endClosing(app, actor, { kind: 'blackout', storeOf: ({ blackouts }) => blackouts, ...wanted });
}

async function check(
  app: ClosingApp,
  actor: Actor | null,
  input: BlackoutInput,
): Promise<Result<Pick<BlackoutCalendar, 'title' | 'scope' | 'zone'>>> {
  const { stores } = app.database;
  const denied = await denyClosing(stores, actor, [input.scope]);
  if (denied !== null) return { ok: false, refusal: denied };
  const title = requireText(input.title, 'title');
  if (!title.ok) return title;
  const fault = zoneFault(input.zone);
  if (fault !== null) return { ok: false, refusal: fault };
  const scope = await checkScope(stores, input.scope);
  if (!scope.ok) return scope;
  const file = input.text === null ? done(null) : checkFile(input.text, input.zone);
  return file.ok ? done({ title: title.value, scope: scope.value, zone: input.zone }) : file;
}

function checkFile(text: string, zone: string): Result<null> {
  if (text.length > LONGEST_TEXT) {
    return refused('INVALID_INPUT', `The file has more than ${LONGEST_TEXT} characters. Leave out what is long past.`, { field: 'text' });
  }
  const read = readIcal(text, zone);
  if (read.ok) return done(null);
  const [first] = read.problems;
  return refused('INVALID_INPUT', `${first?.message ?? 'The file cannot be read.'} ${first?.remedy ?? ''}`.trim(), {
    field: 'text',
    problems: read.problems,
  });
}
