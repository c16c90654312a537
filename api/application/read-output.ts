// The output of a step as the bytes that came, for a download: page by page, so that a large one is never in memory at once.
import { refused, done, type Result } from '../domain/errors.ts';
import { findDrill } from './act-on-drill.ts';
import type { Actor } from './access.ts';
import type { App } from './app.ts';

/** Chunks read at a time; with 64 KB in each this stays within some megabytes. */
const CHUNKS_AT_ONCE = 50;

export interface WantedOutput {
  readonly drill: string;
  readonly step: string;
  /** Null for all hosts, in the order in which it came. */
  readonly host: string | null;
}

/** What has been kept by now; a running step goes on printing behind it. */
export async function readOutput(app: App, actor: Actor | null, wanted: WantedOutput): Promise<Result<AsyncIterable<Uint8Array>>> {
  const found = await findDrill(app, actor, { drill: wanted.drill, operation: 'drills.output' });
  if (!found.ok) return found;
  const plan = await app.database.stores.drills.plan(wanted.drill);
  if (!plan?.steps.some(({ id }) => id === wanted.step)) {
    return refused('NOT_FOUND', `${wanted.drill} has no step "${wanted.step}". Open the output from the page of the drill.`, { field: 'step' });
  }
  return done(bytesOf(app, wanted));
}

async function* bytesOf(app: App, wanted: WantedOutput): AsyncGenerator<Uint8Array> {
  for (let after = 0; ;) {
    const chunks = await app.database.stores.drills.output({ ...wanted, after, limit: CHUNKS_AT_ONCE, isFromEnd: false });
    for (const { bytes } of chunks) yield bytes;
    after = chunks.at(-1)?.seq ?? after;
    if (chunks.length < CHUNKS_AT_ONCE) return;
  }
}
