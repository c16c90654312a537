// Runs a drill from the request to its end, as the people do who are asked along the way.
import { setTimeout as pause } from 'node:timers/promises';
import { abortDrill } from '../../../api/application/abort-drill.ts';
import { approveDrill } from '../../../api/application/approve-drill.ts';
import { confirmStep } from '../../../api/application/confirm-step.ts';
import { requestDrill, type PlanRequest } from '../../../api/application/request-drill.ts';
import { startDrill } from '../../../api/application/start-drill.ts';
import type { DrillState, StepProgress } from '../../../api/domain/drill/state.ts';
import type { Result } from '../../../api/domain/errors.ts';
import type { SiteRange } from './site-range.ts';

/** Longer than any of these drills takes, even on a busy machine. */
const ENDS_WITHIN_MS = 110_000;
const LOOK_EVERY_MS = 25;

export interface FollowOptions {
  /** Called at every look while the drill runs; `waiting` are the steps that wait for a person. Without it people say yes. */
  readonly onLook?: (drill: string, state: DrillState) => Promise<void>;
  /** An abort with undo is asked for once this step has ended. */
  readonly undoAfter?: string;
}

/** The state at the end. Throws when the drill is refused, needs a decision that `onLook` does not make, or does not end. */
export async function followDrill(
  range: SiteRange,
  request: Partial<PlanRequest> & Pick<PlanRequest, 'runbook'>,
  options: FollowOptions = {},
): Promise<DrillState> {
  const { app } = range;
  const [anna, ben] = range.people;
  const { id, planHash, approvalsNeeded } = valueOf(await requestDrill(app, anna, { mode: 'failover', inputs: {}, ...request }));
  if (approvalsNeeded > 0) valueOf(await approveDrill(app, ben, { drill: id, planHash }));
  valueOf(await startDrill(app, anna, { drill: id, planHash }));
  let isAborted = false;
  for (const end = Date.now() + ENDS_WITHIN_MS; Date.now() < end; await pause(LOOK_EVERY_MS)) {
    const state = await stateOf(range, id);
    if (state.finishedAt !== null) return state;
    // Nobody here pauses a drill: the engine met an error that it did not expect.
    if (state.run === 'paused') throw new Error(`${id} is paused: ${told(state)}`);
    const before = state.seq;
    await options.onLook?.(id, state);
    // What was done at that look counts first.
    if ((await stateOf(range, id)).seq !== before) continue;
    if (options.undoAfter !== undefined && !isAborted && state.steps.get(options.undoAfter)?.state === 'succeeded') {
      isAborted = true;
      valueOf(await abortDrill(app, anna, { drill: id, typedId: id, form: 'undo', reason: 'The drill tries its way back.' }));
    } else if (state.run === 'needs-decision' && options.onLook === undefined) throw new Error(`${id} needs a decision: ${told(state)}`);
    else for (const step of waiting(state)) await answer(range, id, step);
  }
  throw new Error(`${id} does not end: ${told(await stateOf(range, id))}`);
}

/** Steps that wait for a person to confirm or to approve. */
export function waiting({ steps }: DrillState): readonly StepProgress[] {
  return steps.all.filter(({ state }) => state === 'waiting');
}

/** What each step came to, for a message that says where a drill stands. */
export function told({ run, result, steps }: DrillState): string {
  const lines = steps.all.map(({ id, state, reason }) => `${id}: ${state}${reason === null ? '' : ` (${reason})`}`);
  return [`${run} ${result ?? ''}`, ...lines].join('\n');
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.refusal.message} ${JSON.stringify(result.refusal.problems ?? [])}`);
  return result.value;
}

async function answer({ app, people: [, ben] }: SiteRange, drill: string, { id }: StepProgress): Promise<void> {
  const confirmed = await confirmStep(app, ben, { drill, step: id, outcome: 'done', note: 'Seen.' });
  // It may have ended since the look.
  if (!confirmed.ok && confirmed.refusal.code !== 'CONFLICT') valueOf(confirmed);
}

async function stateOf({ app }: SiteRange, drill: string): Promise<DrillState> {
  const state = await app.journal.state(drill);
  if (state === null) throw new Error(`there is no drill ${drill}`);
  return state;
}
