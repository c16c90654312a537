// What a coordinator may do about a step that did not end well: run it again, skip it, or decide what nobody can know.
import type { Asked, DrillEvent } from '../domain/drill/journal.ts';
import type { Result } from '../domain/errors.ts';
import type { Actor } from './access.ts';
import { actOnDrill } from './act-on-drill.ts';
import type { App } from './app.ts';
import { optionalText, requireText } from './required-text.ts';
import type { DrillRecord } from './stores.ts';

type UnknownDecision = Extract<DrillEvent, { type: 'unknown-decided' }>['decision'];

export interface StepOf {
  readonly drill: string;
  readonly step: string;
  readonly asked?: Asked | null;
}

interface Act {
  readonly drill: string;
  readonly event: DrillEvent;
  readonly asked?: Asked | null;
}

/** On the hosts where it did not succeed, or everywhere. */
export async function retryStep(
  app: App,
  actor: Actor | null,
  wanted: StepOf & { reason?: string | null | undefined; isEverywhere?: boolean },
): Promise<Result<DrillRecord>> {
  const reason = optionalText(wanted.reason, 'reason');
  if (!reason.ok) return reason;
  const everywhere = wanted.isEverywhere === true ? ({ isEverywhere: true } as const) : {};
  return control(app, actor, { ...wanted, event: { type: 'step-retried', step: wanted.step, reason: reason.value, ...everywhere } });
}

export async function skipStep(app: App, actor: Actor | null, wanted: StepOf & { reason: string }): Promise<Result<DrillRecord>> {
  const reason = requireText(wanted.reason, 'reason');
  if (!reason.ok) return reason;
  return control(app, actor, { ...wanted, event: { type: 'step-skipped', step: wanted.step, reason: reason.value } });
}

export async function decideUnknown(
  app: App,
  actor: Actor | null,
  wanted: StepOf & { host: string; decision: UnknownDecision; reason: string },
): Promise<Result<DrillRecord>> {
  const reason = requireText(wanted.reason, 'reason');
  if (!reason.ok) return reason;
  const { step, host, decision } = wanted;
  return control(app, actor, { ...wanted, event: { type: 'unknown-decided', step, host, decision, reason: reason.value } });
}

async function control(app: App, actor: Actor | null, { drill, asked, event }: Act): Promise<Result<DrillRecord>> {
  return actOnDrill(app, actor, { drill, asked, event, operation: 'drills.control' });
}
