// Takes up a drill that has ended: it goes on from where it stopped, or what it left behind is undone. Its locks are taken again, or nothing happens.
import type { Asked } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export interface Reopening {
  readonly drill: string;
  readonly reason: string;
  readonly asked?: Asked | null;
}

/** The drill is paused then: what failed is retried or skipped first, and somebody lets it go on. */
export async function reopenDrill(app: App, actor: Actor | null, reopening: Reopening): Promise<Result<DrillRecord>> {
  return takeUp(app, actor, { ...reopening, type: 'reopened' });
}

/** The result of the drill stays as it is. */
export async function revertDrill(app: App, actor: Actor | null, reopening: Reopening): Promise<Result<DrillRecord>> {
  return takeUp(app, actor, { ...reopening, type: 'revert-requested' });
}

async function takeUp(app: App, actor: Actor | null, wanted: Reopening & { type: 'reopened' | 'revert-requested' }): Promise<Result<DrillRecord>> {
  const reason = requireText(wanted.reason, 'reason');
  if (!reason.ok) return reason;
  const { drill, asked, type } = wanted;
  return actOnDrill(app, actor, { drill, asked, operation: 'drills.control', event: { type, reason: reason.value } });
}
