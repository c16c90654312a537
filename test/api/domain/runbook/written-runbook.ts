// Runbooks as people write them, for tests: plain data, and YAML text made from it.
import { stringify } from 'yaml';
import type { Problem } from '../../../../api/domain/errors.ts';
import { parseRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import type { ParsedRunbook } from '../../../../api/domain/runbook/parse-runbook.ts';
import type { Runbook } from '../../../../api/domain/runbook/runbook.ts';

export type Written = Readonly<Record<string, unknown>>;

export const NO_SCRIPTS: ReadonlyMap<string, string> = new Map();

/** A runbook with every key of the head and every kind of step. */
export const LEDGER: Written = {
  runbook: 'ledger-failover',
  title: 'Move the ledger database to Munich',
  summary: 'Read *all* of it first.',
  services: ['ledger'],
  scenario: 'site-loss',
  level: 'full',
  owner: 'payments-duty',
  review: { every: '180d', last: '2026-10-01' },
  inputs: {
    change: { type: 'string', pattern: String.raw`CHG\d{6}`, required: true, ask: 'Change ticket' },
    site: { type: 'choice', choices: ['munich', 'frankfurt'], default: 'munich' },
  },
  targets: { primary: { host: 'ledger-fra-1' }, standby: { labels: { role: 'ledger-db', site: 'munich' } } },
  defaults: { timeout: '3m', retry: { attempts: 2, every: '10s', backoff: 2 }, onFailure: 'stop' },
  clocks: {
    recovery: { from: 'stop-writes', to: 'can-pay' },
    'read-only': { from: 'stop-writes', to: 'open-writes', objective: '3m' },
  },
  canary: {
    write: { on: 'primary', every: '1s', run: 'psql -qc "insert into dr_marker values ($seq, now())"' },
    read: { on: 'standby', run: 'psql -Atc "select max(seq) from dr_marker"' },
    until: 'stop-writes',
    readAfter: 'promote',
  },
  lock: ['ledger-dns', 'change-freeze'],
  steps: [
    {
      id: 'lag',
      title: 'Standby is close behind',
      phase: 'prepare',
      check: { run: 'psql -Atc "select 1"' },
      on: 'standby',
      expect: { stdout: { max: 5 } },
      capture: { lag: { pattern: String.raw`(\d+)` } },
    },
    {
      id: 'stop-writes',
      title: 'Primary stops taking writes',
      run: 'echo "$lag $change"; systemctl stop ledger\n',
      on: 'primary',
      undo: 'systemctl start ledger',
      estimate: '20s',
      timeout: '1m',
    },
    { id: 'go', title: 'Go or no-go', confirm: { instruction: 'Do we go?', role: 'coordinator', expected: '2m', evidence: 'Name' } },
    {
      id: 'promote',
      title: 'Standby becomes primary',
      run: { script: 'promote.sh' },
      on: 'standby',
      pointOfNoReturn: true,
      timeout: '2m',
      estimate: '30s',
    },
    {
      id: 'open-writes',
      title: 'Standby takes writes',
      wait: { run: 'pg_isready', every: '1s', stable: 2, timeout: '1m' },
      on: 'standby',
      tags: ['db'],
    },
    { id: 'settle', title: 'Caches settle', sleep: '5s', needs: ['promote'], note: 'Just wait.' },
    {
      id: 'can-pay',
      title: 'A test payment goes through',
      check: 'curl -fsS https://pay.example.com/health',
      on: 'standby',
      needs: ['open-writes', 'settle'],
    },
  ],
};

export const LEDGER_SCRIPTS: ReadonlyMap<string, string> = new Map([['promote.sh', 'pg_ctlcluster 15 main promote\n']]);

/** The ledger runbook with some keys of its head replaced; undefined takes a key out. */
export function ledger(changes: Written = {}): Written {
  return { ...LEDGER, ...changes };
}

/** A small runbook with these steps: services, one target `db`, nothing else. */
export function small(steps: readonly unknown[], changes: Written = {}): Written {
  return {
    runbook: 'small',
    title: 'Small',
    services: ['ledger'],
    scenario: 'host-loss',
    level: 'partial',
    targets: { db: { host: 'db-1' } },
    steps,
    ...changes,
  };
}

export function yamlOf(written: Written): string {
  return stringify(written, { lineWidth: 0, aliasDuplicateObjects: false });
}

export function parsed(written: Written, scripts: ReadonlyMap<string, string> = LEDGER_SCRIPTS): ParsedRunbook {
  return parseRunbook(yamlOf(written), 'runbook.yaml', scripts);
}

/** The runbook of a text that has no problems; fails with the problems when it has. */
export function valid(written: Written, scripts: ReadonlyMap<string, string> = LEDGER_SCRIPTS): Runbook {
  const { runbook, problems } = parsed(written, scripts);
  if (runbook === null) throw new Error(problems.map(sentence).join('\n'));
  return runbook;
}

export function sentence(problem: Problem): string {
  return `${problem.line}:${problem.column} ${problem.code} ${problem.message} ${problem.remedy}`;
}
