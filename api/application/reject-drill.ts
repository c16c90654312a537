// Turns down the plan of a drill, with a reason.
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export async function rejectDrill(app: App, actor: Actor | null, rejection: { drill: string; reason: string }): Promise<Result<DrillRecord>> {
  const reason = requireText(rejection.reason, 'reason');
  if (!reason.ok) return reason;
  return actOnDrill(app, actor, { drill: rejection.drill, operation: 'drills.approve', event: { type: 'rejected', reason: reason.value } });
}
