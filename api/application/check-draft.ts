// What is wrong with a text that is being edited, and whether its hosts answer. Neither keeps the text.
import { planHosts } from '../domain/drill/plan-hosts.ts';
import { done, refused, type Result } from '../domain/errors.ts';
import type { HostCheck } from '../domain/readiness/evidence.ts';
import { deny, type Actor } from './access.ts';
import type { App } from './app.ts';
import { checkAndKeep } from './check-hosts.ts';
import { checkText, whyNotEdit, whyTooLarge, type CheckedText, type RunbookText } from './runbook-text.ts';

export async function checkDraft(app: Pick<App, 'database'>, actor: Actor | null, text: RunbookText): Promise<Result<CheckedText>> {
  const refusal = (await whyNotEdit(app, actor, text.runbook)) ?? whyTooLarge(text);
  if (refusal !== null) return { ok: false, refusal };
  return done(await checkText(app.database.stores, text));
}

/** Connects to the hosts that the text names, verifies their keys, runs nothing; what was seen is kept as for any check of hosts. */
export async function checkDraftHosts(app: App, actor: Actor | null, text: RunbookText): Promise<Result<readonly HostCheck[]>> {
  const refusal = deny(actor, 'hosts.check') ?? (await whyNotEdit(app, actor, text.runbook)) ?? whyTooLarge(text);
  if (refusal !== null) return { ok: false, refusal };
  const { stores } = app.database;
  const { runbook } = await checkText(stores, text);
  if (runbook === null) {
    return refused('INVALID_INPUT', 'The text has errors, so it is not clear which hosts it means. Correct them first.', { field: 'source' });
  }
  const hosts = await stores.portfolio.hosts(planHosts(runbook, await stores.portfolio.load()));
  return done(await checkAndKeep(app, hosts));
}
