// Takes the charge of a running drill over from whoever has it.
import type { Asked } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

export interface Takeover {
  readonly drill: string;
  /** Whom the person saw in charge: when that is somebody else by now, nothing changes hands. */
  readonly from: string | null;
  readonly reason: string;
  readonly asked?: Asked | null;
}

export async function takeOverDrill(app: App, actor: Actor | null, takeover: Takeover): Promise<Result<DrillRecord>> {
  const reason = requireText(takeover.reason, 'reason');
  if (!reason.ok) return reason;
  const { drill, from, asked } = takeover;
  return actOnDrill(app, actor, { drill, asked, operation: 'drills.control', event: { type: 'taken-over', from, reason: reason.value } });
}
