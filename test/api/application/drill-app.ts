// What tests of drill use cases run on: a real database and journal, one covered service, and an engine that only notes whom it was to wake.
import { KEY_BYTES } from '../../../api/secrets/key-file.ts';
import { createSeals } from '../../../api/secrets/seals.ts';
import type { Actor, Role } from '../../../api/application/access.ts';
import type { App } from '../../../api/application/app.ts';
import { createDrillJournal } from '../../../api/application/drill-journal.ts';
import { createInProcessBus } from '../../../api/application/in-process-bus.ts';
import type { BusMessages } from '../../../api/application/ports.ts';
import { storeRunbooks } from '../../../api/application/store-runbooks.ts';
import type { Portfolio } from '../../../api/domain/catalogue/portfolio.ts';
import type { DrillEvent } from '../../../api/domain/drill/journal.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import type { Refusal, Result } from '../../../api/domain/errors.ts';
import { aHost, aPortfolio, aService } from '../db/records.ts';
import { temporaryApp, type TemporaryApp } from './temporary-app.ts';

export interface DrillApp extends Omit<TemporaryApp, 'app'> {
  readonly app: App;
  /** Drills that the engine was told of, in order. */
  readonly woken: readonly string[];
  readonly published: readonly BusMessages['drill'][];
  /** What the engine would record. */
  record(drill: string, event: DrillEvent): Promise<void>;
  /** Stores the text and gives the hash of its revision. */
  addRunbook(text: string, by: { readonly author: string; readonly approver: string | null }): Promise<string>;
}

export const OWEN = person('owen', 'service-owner');
export const DORA = person('dora', 'service-owner');
export const STRANGER = person('stella', 'service-owner');
export const CARLA = person('carla', 'coordinator');
export const COSMO = person('cosmo', 'coordinator');
export const AUDREY = person('audrey', 'auditor');
export const ADAM = person('adam', 'admin');

/** Owned by owen, with dora as deputy. */
export const COMPANY: Portfolio = aPortfolio({
  services: [
    aService({ key: 'mail', name: 'Mail', owner: 'owen', deputy: 'dora' }),
    aService({ key: 'shop', name: 'Shop', tier: 2, owner: 'stella' }),
  ],
  hosts: [aHost({ key: 'db1', hostKeys: ['SHA256:x'] }), aHost({ key: 'db2' })],
});

/** A command, a talk, and a command after it. */
export function moveRunbook(key: string, { service = 'mail', host = 'db1' }: { service?: string; host?: string } = {}): string {
  return `
runbook: ${key}
title: Move ${service}
services: [${service}]
scenario: site-loss
level: full
targets: { it: { host: ${host} } }
steps:
  - { id: move, title: Move it, run: 'true', on: it }
  - { id: talk, title: Talk, confirm: Talk about it. }
  - { id: after, title: After it, run: 'true', on: it }
`;
}

export async function drillApp(): Promise<DrillApp> {
  const temporary = await temporaryApp();
  const { database, clock, passwords, abilities } = temporary.app;
  const woken: string[] = [];
  const published: BusMessages['drill'][] = [];
  const bus = createInProcessBus((error) => {
    throw error;
  });
  bus.subscribe('drill', (message) => published.push(message));
  const journal = createDrillJournal({ database, clock, bus });
  const engine = {
    wake: (drill: string) => void woken.push(drill),
    take: async () => undefined,
    recover: async () => undefined,
    stop: async () => undefined,
  };
  const seals = createSeals(new Uint8Array(KEY_BYTES).fill(7));
  const app: App = {
    database,
    storage: { state: () => ({ isWritable: true }) },
    journal,
    engine,
    remote: unreachable(),
    passwords,
    seals,
    abilities,
    bus,
    clock,
  };
  await database.write((stores) => stores.portfolio.replace(COMPANY));
  return {
    ...temporary,
    app,
    woken,
    published,
    record: async (drill, event) => void valueOf(await journal.record(drill, null, event)),
    addRunbook: (text, by) => addRunbook(app, text, by),
  };
}

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.refusal.message}`);
}

/** Throws when it was not refused. */
export function refusalOf(result: Result<unknown>): Refusal {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value)}`);
  return result.refusal;
}

function person(name: string, role: Role): Actor {
  return { name, displayName: name, roles: [role] };
}

async function addRunbook(app: App, text: string, { author, approver }: { author: string; approver: string | null }): Promise<string> {
  const { runbook, problems } = parseRunbook(text, 'runbook.yaml', new Map());
  if (runbook === null) throw new Error(JSON.stringify(problems));
  const [added] = await storeRunbooks(app, author, [{ runbook, source: text }]);
  if (added === undefined) throw new Error('known already');
  if (approver !== null) await app.database.write((stores) => stores.runbooks.approve(added.hash, app.clock(), approver));
  return added.hash;
}

/** Nothing here dials a host. */
function unreachable(): App['remote'] {
  return {
    run: refuseToDial,
    runDurably: refuseToDial,
    resume: refuseToDial,
    forget: () => undefined,
    copy: refuseToDial,
    check: refuseToDial,
    close: async () => undefined,
  };
}

function refuseToDial(): never {
  throw new Error('no host is dialled in this test');
}
