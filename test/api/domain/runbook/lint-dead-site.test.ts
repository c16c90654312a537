// Dead-site lint: steps after a loss that need what was lost.
import { describe, expect, it } from 'vitest';
import type { LintContext } from '../../../../api/domain/runbook/lint/lint-subject.ts';
import { lintRunbook } from '../../../../api/domain/runbook/lint/lint-runbook.ts';
import { parsed } from './written-runbook.ts';
import type { Written } from './written-runbook.ts';

const STOP = { id: 'stop', title: 'Stop', phase: 'stop', run: 'systemctl stop x', on: 'old', undo: 'systemctl start x' };

const PORTFOLIO: LintContext = {
  portfolio: {
    sites: [
      { key: 'ham', name: 'Hamburg' },
      { key: 'muc', name: 'Munich' },
    ],
    hosts: [
      { key: 'db-ham', address: '10.1.0.5', site: 'ham', labels: { role: 'db', site: 'hamburg' } },
      { key: 'ns-ham', address: '10.1.0.53', site: 'ham' },
      { key: 'vault-1', address: 'vault.ham.example.com', site: 'ham' },
      { key: 'db-muc', address: '10.2.0.5', site: 'muc' },
      { key: 'gate', address: '127.0.0.1', site: 'muc' },
      { key: 'range-ham', address: '127.0.0.1', site: 'ham' },
    ],
  },
};

function runbook(step: Written, head: Written = {}): Written {
  return {
    runbook: 'move',
    title: 'Move',
    services: ['ledger'],
    scenario: 'site-loss',
    level: 'full',
    inputs: { from: { type: 'host', default: 'db-ham' } },
    targets: { old: { host: 'db-ham' }, new: { host: 'db-muc' }, names: { host: 'ns-ham' } },
    steps: [STOP, { id: 'look', title: 'Look', phase: 'switch', ...step }],
    ...head,
  };
}

function found(written: Written, context: LintContext = {}): readonly string[] {
  const { runbook: built, places, problems } = parsed(written);
  if (built === null) throw new Error(JSON.stringify(problems));
  return lintRunbook(built, places, context).flatMap(({ code, message }) => (code === 'dead-site' ? [message] : []));
}

const ON_NEW = { on: 'new' };

describe('the dead-site lint', () => {
  it.each<[string, Written]>([
    ['runs on a lost host', { check: 'true', on: 'old' }],
    ['copies from a lost host', { run: 'rsync -a db-ham:/srv/x /srv/x', ...ON_NEW }],
    ['asks a lost host', { check: { tcp: 'db-ham:5432' } }],
    ['asks a lost host by its whole name', { check: { http: 'https://db-ham.example.com/health' } }],
    ['sends something to a lost host', { http: { method: 'POST', url: 'http://db-ham:8080/promote' } }],
  ])('tells of a step that %s, without knowing the portfolio', (_, step) => {
    expect(found(runbook(step))).toHaveLength(1);
  });

  it.each<[string, Written]>([
    ['runs on another host of the lost site', { check: 'true', on: 'names' }],
    ['asks the name server of the lost site by its address', { check: { dns: { name: 'www.example.com', server: '10.1.0.53' } } }],
    ['reads the vault of the lost site', { run: 'curl -fsS https://vault.ham.example.com/v1/x', ...ON_NEW }],
    ['names the lost site', { run: 'ledger point Hamburg', ...ON_NEW }],
    ['looks up a name in the lost site', { check: { dns: { name: 'pg.ham.example.com' } } }],
  ])('with the portfolio also of a step that %s', (_, step) => {
    expect(found(runbook(step))).toEqual([]);
    expect(found(runbook(step), PORTFOLIO)).toHaveLength(1);
  });

  it.each<[string, Written]>([
    ['works on the side that is left', { run: 'ledger promote', ...ON_NEW }],
    ['shares an address with a host that is left', { check: { tcp: '127.0.0.1:80' } }],
    ['names a word that only begins alike', { run: 'ledger point db-hamster hamlet', ...ON_NEW }],
    ['expects that it is gone', { check: 'ledger role', on: 'old', expect: { exit: 3 } }],
    ['expects that asking fails', { check: '! ping -c 1 db-ham', ...ON_NEW }],
    ['takes the lost host out of use', { run: 'balancer remove db-ham', ...ON_NEW }],
    ['may fail without harm', { run: 'fetch-log db-ham', onFailure: 'warn', ...ON_NEW }],
    ['goes back', { run: 'ledger rejoin', on: 'old', phase: 'return' }],
    ['does not come after the loss', { check: 'true', on: 'old', needs: [] }],
    ['has an undo that goes back', { run: 'ledger point db-muc', undo: 'ledger point db-ham', ...ON_NEW }],
  ])('has nothing to say of a step that %s', (_, step) => {
    expect(found(runbook(step), PORTFOLIO)).toEqual([]);
  });

  it('says what is lost since when', () => {
    expect(found(runbook({ check: 'true', on: 'old' }))).toEqual(['Step `look` runs on `old`, which is lost since `stop`.']);
    expect(found(runbook({ run: 'rsync db-ham:x x', ...ON_NEW }))).toEqual(['Step `look` names `db-ham`, which is lost since `stop`.']);
  });

  it('takes the host that an input stands for', () => {
    const targets = { old: { host: '${from}' }, new: { host: 'db-muc' } };
    expect(found(runbook({ run: 'rsync "$from:x" x', ...ON_NEW }, { targets }))).toHaveLength(1);
    expect(found(runbook({ run: 'rsync db-ham:x x', ...ON_NEW }, { targets }))).toHaveLength(1);
    expect(found(runbook({ check: { tcp: '${from}:5432' } }, { targets }))).toHaveLength(1);
    expect(found(runbook({ run: 'balancer drain "$from"', ...ON_NEW }, { targets }))).toEqual([]);
  });

  it('takes the site that labels name, and the hosts that have them', () => {
    const targets = { old: { labels: { role: 'db', site: 'hamburg' } }, new: { host: 'db-muc' }, other: { labels: { site: 'hamburg' } } };
    expect(found(runbook({ check: 'true', on: 'other' }, { targets }))).toHaveLength(1);
    expect(found(runbook({ check: { tcp: 'db-ham:1' } }, { targets }))).toEqual([]);
    expect(found(runbook({ check: { tcp: 'db-ham:1' } }, { targets }), PORTFOLIO)).toHaveLength(1);
  });

  it('takes the side on which the canary is written rather than what is stopped', () => {
    const canary = { write: { on: 'old', run: 'w "$seq"', every: '1s' }, read: { on: 'new', run: 'r' }, until: 'stop', readAfter: 'look' };
    const written = runbook({ check: 'true', on: 'old' }, { canary });
    expect(
      found({
        ...written,
        steps: [
          { ...STOP, on: 'new' },
          { id: 'look', title: 'Look', check: 'true', on: 'old' },
        ],
      }),
    ).toHaveLength(1);
  });

  it('looks at nothing where another scenario is meant, or nothing is stopped', () => {
    expect(found(runbook({ check: 'true', on: 'old' }, { scenario: 'data-loss' }))).toEqual([]);
    expect(found({ ...runbook({}), steps: [{ id: 'look', title: 'Look', check: 'true', on: 'old' }] }, PORTFOLIO)).toEqual([]);
  });
});
