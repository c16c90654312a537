// Pauses a drill and lets it go on. What runs when it is paused runs to its end; nothing new starts.
import type { Asked } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import type { DrillRecord } from './stores.ts';

interface Wanted {
  readonly drill: string;
  readonly asked?: Asked | null;
}

export async function pauseDrill(app: App, actor: Actor | null, wanted: Wanted): Promise<Result<DrillRecord>> {
  return actOnDrill(app, actor, { ...wanted, operation: 'drills.control', event: { type: 'paused' } });
}

export async function resumeDrill(app: App, actor: Actor | null, wanted: Wanted): Promise<Result<DrillRecord>> {
  return actOnDrill(app, actor, { ...wanted, operation: 'drills.control', event: { type: 'resumed' } });
}
