// Requests that come twice: a client that never saw the answer sends the same again.
import { done, refused, type Result } from '../errors.ts';
import { canonicalJson } from '../history/canonical-json.ts';
import type { DrillEvent, JournalEntry } from './journal.ts';
import type { DrillState } from './state.ts';

/** The answer to a request that is in the journal already: the entry that it made. Null for a new one. */
export function repeated(state: DrillState, by: string | null, event: DrillEvent): Result<JournalEntry> | null {
  const id = event.asked?.id ?? null;
  const known = id !== null && Object.hasOwn(state.requests, id) ? state.requests[id] : undefined;
  if (known === undefined) return null;
  const isSame = known.by === by && canonicalJson({ ...known.event, asked: null }) === canonicalJson({ ...event, asked: null });
  return isSame ? done(known) : refused('CONFLICT', 'Another request was made under this id. Load the drill again.', { field: 'requestId' });
}
