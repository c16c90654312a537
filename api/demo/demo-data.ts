// Fills the demo's database: portfolio, hosts of the practice range, approved runbooks, a schedule, a first look at the hosts.
import type { App } from '../application/app.ts';
import { approveRevision } from '../application/approve-revision.ts';
import { checkAndKeep } from '../application/check-hosts.ts';
import { createSchedule } from '../application/create-schedule.ts';
import { PLAIN_SCHEDULE } from '../application/schedule-input.ts';
import { applyPortfolio, type ImportedPortfolio } from '../application/import-portfolio.ts';
import type { Result } from '../domain/errors.ts';
import { COORDINATOR, demoActor, LEDGER_OWNER } from './demo-accounts.ts';
import type { RangeHost } from './range/range.ts';

export const DEMO_RUNBOOK = 'ledger-failover';

/** Only into an empty portfolio: what people changed in the demo stays. */
export async function fillPortfolio(app: App, imported: ImportedPortfolio): Promise<void> {
  const { services } = await app.database.stores.portfolio.load();
  if (services.length === 0) valueOf(await applyPortfolio(app, null, imported));
}

/** The range chose the ports and made the host keys on this machine, so nobody else has to vouch for them. */
export async function pinRangeHosts(app: App, hosts: readonly RangeHost[]): Promise<void> {
  await app.database.write(async ({ portfolio, history }) => {
    for (const { key, address, port, user, hostKey } of hosts) {
      const at = app.clock();
      await portfolio.pinHostKeys(key, [hostKey], { address: { address, port, user }, pin: { at, by: null } });
      await history.append({ at, by: null, type: 'host.pinned', subject: key, data: { address, port, user, hostKey } });
    }
  });
}

/** The demo vouches for the runbooks that it ships: the owner of the ledger approves each new revision. */
export async function approveShipped(app: App): Promise<void> {
  const owner = await demoActor(app, LEDGER_OWNER);
  for (const { latest } of await app.database.stores.runbooks.list()) {
    if (latest.approvedAt === null && latest.runbook.owner === LEDGER_OWNER) valueOf(await approveRevision(app, owner, latest.hash));
  }
}

/** On the first day of each quarter, so that there is something to see under Schedules. */
export async function scheduleDemoDrill(app: App): Promise<void> {
  if ((await app.database.stores.schedules.list()).length > 0) return;
  const coordinator = await demoActor(app, COORDINATOR);
  const wanted = {
    title: 'Ledger failover, every quarter',
    runbook: DEMO_RUNBOOK,
    mode: 'rehearsal',
    ...PLAIN_SCHEDULE,
    rule: { kind: 'cron', cron: '0 6 1 */3 *' },
    zone: 'Europe/Berlin',
  } as const;
  valueOf(await createSchedule(app, coordinator, wanted));
}

/** Connects to the hosts of the range once, so that their reachability is known. */
export async function lookAtRange(app: App, keys: readonly string[]): Promise<void> {
  const checks = await checkAndKeep(app, await app.database.stores.portfolio.hosts(keys));
  const unreachable = checks.find((check) => !check.isReachable);
  if (unreachable !== undefined)
    throw new Error(`The practice range does not answer: ${unreachable.host}: ${unreachable.problem ?? 'no reason given'}`);
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const places = (result.refusal.problems ?? []).map(({ file, line, message }) => `\n  ${file ?? ''}:${line ?? 0} ${message}`);
  throw new Error(`${result.refusal.message}${places.join('')}`);
}
