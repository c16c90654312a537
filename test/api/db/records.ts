// Records for the tests of the stores: whole and valid, with the fields that a test is about put in.
import type { DrillRecord, Stores } from '../../../api/application/stores.ts';
import type { Host, Portfolio, Service } from '../../../api/domain/catalogue/portfolio.ts';
import type { DrillEvent, JournalEntry } from '../../../api/domain/drill/journal.ts';
import { planHash, type Plan } from '../../../api/domain/drill/plan.ts';
import type { ServiceAssessment } from '../../../api/domain/readiness/assessment.ts';
import { revisionHash, type Revision } from '../../../api/domain/runbook/revision.ts';
import type { Runbook } from '../../../api/domain/runbook/runbook.ts';

export function aService(fields: Partial<Service> = {}): Service {
  return {
    key: 'shop',
    name: 'Shop',
    description: null,
    tier: 1,
    operatedBy: 'it',
    department: null,
    supplier: null,
    isCustomerFacing: false,
    reachOverride: null,
    owner: null,
    deputy: null,
    rtoSeconds: null,
    rpoSeconds: null,
    hasData: true,
    hosts: [],
    ...fields,
  };
}

export function aHost(fields: Partial<Host> = {}): Host {
  return {
    key: 'db1',
    name: 'Database 1',
    address: '192.0.2.1',
    port: 22,
    user: 'muster',
    site: null,
    labels: {},
    jump: null,
    credential: null,
    hostKeys: [],
    pinned: {},
    ...fields,
  };
}

export function aPortfolio(fields: Partial<Portfolio> = {}): Portfolio {
  return { services: [], dependencies: [], hosts: [], sites: [], policies: [], settings: { esmIsCompanyWide: false }, ...fields };
}

export function aRunbook(fields: Partial<Runbook> = {}): Runbook {
  return {
    key: 'restore-shop',
    title: 'Restore the shop',
    summary: null,
    services: ['shop'],
    scenario: 'site-loss',
    level: 'full',
    owner: null,
    review: null,
    inputs: [],
    targets: [],
    clocks: [],
    canary: null,
    locks: [],
    steps: [],
    ...fields,
  };
}

export type NewRevision = Omit<Revision, 'number' | 'approvedAt' | 'approvedBy'>;

export function aRevision(runbook: Runbook = aRunbook(), fields: Partial<NewRevision> = {}): NewRevision {
  return { hash: revisionHash(runbook), runbook, source: 'runbook: 1\n', createdAt: 1_000, createdBy: 'ada', ...fields };
}

export function aPlan(fields: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    runbook: 'restore-shop',
    revision: 'abc',
    title: 'Restore the shop',
    services: ['shop'],
    scenario: 'site-loss',
    level: 'full',
    mode: 'rehearsal',
    inputs: {},
    hosts: [],
    objective: { rtoSeconds: 3_600, rpoSeconds: null },
    clocks: [],
    canary: null,
    locks: [],
    steps: [],
    ...fields,
  };
}

export function aDrill(fields: Partial<Omit<DrillRecord, 'id'>> = {}): Omit<DrillRecord, 'id'> {
  return {
    title: 'Restore the shop',
    runbook: 'restore-shop',
    revision: 'abc',
    mode: 'rehearsal',
    level: 'full',
    state: 'awaiting-approval',
    services: ['shop'],
    planHash: planHash(aPlan()),
    approvalsNeeded: 1,
    approvedBy: [],
    requestedBy: 'ada',
    requestedAt: 1_000,
    startedBy: null,
    startedAt: null,
    finishedAt: null,
    result: null,
    recoveryMs: null,
    dataLossMs: null,
    humanWaitMs: null,
    hasDeviations: false,
    isUnclean: false,
    schedule: null,
    dueAt: null,
    ...fields,
  };
}

export function aPassedDrill(finishedAt: number, fields: Partial<Omit<DrillRecord, 'id'>> = {}): Omit<DrillRecord, 'id'> {
  return aDrill({ state: 'passed', result: 'passed', startedAt: finishedAt - 500, finishedAt, ...fields });
}

/** Stores a drill and gives its id. */
export async function putDrill(stores: Stores, fields: Partial<Omit<DrillRecord, 'id'>> = {}): Promise<string> {
  return (await stores.drills.create(aDrill(fields), aPlan())).id;
}

export function entry(seq: number, event: DrillEvent = { type: 'commented', text: `comment ${seq}` }): JournalEntry {
  return { seq, at: 1_000 + seq, by: seq % 2 === 0 ? null : 'ada', event };
}

export function outputEvent(fields: Partial<Extract<DrillEvent, { type: 'output' }>> = {}): DrillEvent {
  return { type: 'output', step: 'stop', host: 'db1', attempt: 1, isUndo: false, stream: 'stdout', offset: 0, length: 3, ...fields };
}

export function anAssessment(fields: Partial<ServiceAssessment> = {}): ServiceAssessment {
  return {
    service: 'shop',
    own: 80,
    effective: 80,
    band: 'nearly',
    limit: null,
    limitedBy: [],
    components: [],
    gaps: [],
    proofCoverage: 0.5,
    rtoSeconds: 3_600,
    rpoSeconds: null,
    provenRecoveryMs: null,
    provenDataLossMs: null,
    endToEndRecoveryMs: null,
    recoveryPath: [],
    lastDrillAt: null,
    nextDueAt: null,
    ...fields,
  };
}
