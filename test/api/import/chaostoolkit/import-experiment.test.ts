// What becomes of chaostoolkit experiments.
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { untoldOrDoubled } from '../account-of.ts';
import { errorsIn, fixture, imported, rawOf, stepOf } from '../read-fixture.ts';

function only(name: string) {
  const [runbook] = imported(fixture(`chaostoolkit/fixtures/${name}`), name);
  if (runbook === undefined) throw new Error('no runbook');
  return runbook;
}

describe('a chaostoolkit experiment', () => {
  it.each(['database-failover.yaml', 'lose-all-of-powersources.json'])('tells of every piece of %s once, and gives a valid runbook', (name) => {
    const runbook = only(name);
    expect(untoldOrDoubled(runbook, parse(fixture(`chaostoolkit/fixtures/${name}`)))).toEqual([]);
    expect(errorsIn(runbook)).toEqual([]);
  });

  it('checks the steady state before and after, and rolls back however the drill ends', () => {
    const runbook = only('database-failover.yaml');
    expect(rawOf(runbook).steps.map(({ id, phase }) => `${phase ?? ''} ${id}`)).toEqual([
      'prepare shop-answers',
      'prepare stock-is-known',
      'prepare lag',
      'switch load',
      'switch pause-before-stop-primary',
      'switch stop-primary',
      'switch pause-after-stop-primary',
      'switch home',
      'switch lag-2',
      'verify shop-answers-after',
      'verify stock-is-known-after',
      'verify lag-after',
      'cleanup tell',
    ]);
    expect(stepOf(runbook, 'tell').always).toBe(true);
  });

  it('says tolerances as expectations', () => {
    const runbook = only('database-failover.yaml');
    expect(stepOf(runbook, 'shop-answers').expect).toEqual({ status: [200, 204] });
    expect(stepOf(runbook, 'stock-is-known').expect).toEqual({ body: { json: '$.stock', equals: '3' } });
    expect(stepOf(runbook, 'lag').expect).toEqual({ stdout: { min: 0, max: 5 } });
  });

  it('waits for what runs in the background only before the checks at the end', () => {
    const runbook = only('database-failover.yaml');
    expect(stepOf(runbook, 'pause-before-stop-primary').needs).toEqual(['lag']);
    expect(stepOf(runbook, 'shop-answers-after').needs).toEqual(['lag-2', 'load']);
  });

  it('gives values to commands as variables, and leaves to a person what would paste them into a program', () => {
    const runbook = only('database-failover.yaml');
    expect(stepOf(runbook, 'load').run).toBe('hey -z 30s "$base_url"');
    expect(stepOf(runbook, 'stop-primary').confirm).toContain("arguments: -c 'pg_ctlcluster stop ${port}'");
    expect(runbook.manual.map(({ became }) => became)).toEqual(['stop-primary']);
  });

  it('asks for secrets that are used, and never copies one that stands in the file', () => {
    const runbook = only('database-failover.yaml');
    expect(rawOf(runbook).inputs?.['token']).toMatchObject({ secret: true, required: true });
    expect(JSON.stringify([...runbook.files, runbook.understood, runbook.manual, runbook.unplaced])).not.toContain('s3cr3t-value');
  });

  it('leaves Python calls to a person, with the whole call in front of them', () => {
    const runbook = only('lose-all-of-powersources.json');
    expect(stepOf(runbook, 'terminate-pods').confirm).toContain(
      'chaosk8s.pod.actions.terminate_pods(label_selector="app=powersource-app", qty=2, ns="mucon")',
    );
  });
});
