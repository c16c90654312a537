// What the stored journal of a drill adds up to.
import type { AttemptRef } from '../domain/drill/journal.ts';
import { applyStored, initialState } from '../domain/drill/reduce.ts';
import type { DrillState } from '../domain/drill/state.ts';
import type { Stores } from './stores.ts';

/** Journal entries read at a time. */
const PAGE = 1_000;

/** Null when there is no such drill. */
export async function rebuild(stores: Stores, drill: string): Promise<DrillState | null> {
  const [record, plan] = await Promise.all([stores.drills.find(drill), stores.drills.plan(drill)]);
  if (record === null || plan === null) return null;
  return replay(stores, drill, initialState(plan, record.planHash));
}

/** The state after all that has been stored since. */
export async function replay(stores: Stores, drill: string, from: DrillState): Promise<DrillState> {
  let state = from;
  for (;;) {
    const page = await stores.drills.journal(drill, state.seq, PAGE);
    for (const entry of page) {
      const next = applyStored(state, entry);
      if (!next.ok) throw new Error(`The journal of ${drill} does not add up at entry ${entry.seq}: ${next.refusal.message}`);
      state = next.value;
    }
    if (page.length < PAGE) return state;
  }
}

/** In bytes, as they were stored. */
export async function storedOutput(stores: Stores, drill: string, ref: AttemptRef): Promise<Readonly<Record<'stdout' | 'stderr', number>>> {
  const stored = { stdout: 0, stderr: 0 };
  for (let after = 0; ;) {
    const page = await stores.drills.output({ drill, step: ref.step, host: ref.host, after, limit: PAGE, isFromEnd: false });
    for (const { attempt, isUndo, stream, offset, bytes } of page) {
      if (attempt === ref.attempt && isUndo === ref.isUndo) stored[stream] = Math.max(stored[stream], offset + bytes.length);
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) return stored;
  }
}
