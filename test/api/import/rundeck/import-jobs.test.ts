// What becomes of Rundeck jobs.
import { describe, expect, it } from 'vitest';
import { readJobs } from '../../../../api/import/rundeck/read-jobs.ts';
import { importRunbook } from '../../../../api/import/runbook-import.ts';
import { untoldOrDoubled } from '../account-of.ts';
import { errorsIn, fixture, imported, rawOf, stepOf } from '../read-fixture.ts';

const JOBS = ['ledger-failover.yaml', 'web-restart.xml'];

function jobsOf(name: string) {
  return imported(fixture(`rundeck/fixtures/${name}`), name);
}

function job(name: string, index = 0) {
  const runbook = jobsOf(name)[index];
  if (runbook === undefined) throw new Error('no such job');
  return runbook;
}

describe('a Rundeck job', () => {
  it.each(JOBS)('tells of every piece of %s once, and gives valid runbooks', (name) => {
    const read = readJobs(fixture(`rundeck/fixtures/${name}`), name);
    if (!read.ok) throw new Error(read.refusal.message);
    const runbooks = jobsOf(name);
    expect(runbooks).toHaveLength(read.value.jobs.length);
    for (const [index, runbook] of runbooks.entries()) {
      expect(untoldOrDoubled(runbook, read.value.jobs[index], [index])).toEqual([]);
      expect(errorsIn(runbook)).toEqual([]);
    }
  });

  it('becomes a runbook for each job of the file, and jobs call each other by their keys', () => {
    expect(jobsOf('ledger-failover.yaml').map(({ key }) => key)).toEqual(['ledger-failover', 'reports-failover']);
    expect(stepOf(job('ledger-failover.yaml'), 'reports-follow').call).toEqual({
      runbook: 'reports-failover',
      with: { site: '${target_site}', mode: 'read only' },
    });
  });

  it('gives options to commands as variables where that is safe', () => {
    const runbook = job('ledger-failover.yaml');
    expect(stepOf(runbook, 'say-what-is-about-to-happen').run).toBe('logger -t dr "failover to ${target_site} under ${change}"');
    expect(stepOf(runbook, 'stop-writes').run).toContain('echo "stopped for ${change}"');
    expect(stepOf(runbook, 'record-the-site').confirm).toContain("set name = '$${option.target-site}'");
  });

  it('makes inputs of options with their rules', () => {
    expect(rawOf(job('ledger-failover.yaml')).inputs).toMatchObject({
      change: { type: 'string', required: true, pattern: String.raw`CHG\d{6}` },
      target_site: { type: 'choice', choices: ['munich', 'hamburg'], default: 'munich' },
      api_token: { type: 'string', secret: true, required: true },
    });
  });

  it('runs an error handler after a failure, and goes on only where the job did', () => {
    const runbook = job('ledger-failover.yaml');
    expect(stepOf(runbook, 'stop-writes').onFailure).toEqual({ goto: 'after-failed-stop-writes' });
    expect(stepOf(runbook, 'after-failed-stop-writes')).toMatchObject({ needs: ['stop-writes'], when: 'steps["stop-writes"].state == "failed"' });
    expect(stepOf(runbook, 'flush-the-cache')).toMatchObject({ needs: ['stop-writes'], onFailure: 'warn' });
    expect(stepOf(runbook, 'after-failed-flush-the-cache').when).toBe('steps["flush-the-cache"].state == "warned"');
  });

  it('takes nodes, threads and their order from the dispatch', () => {
    const runbook = job('web-restart.xml');
    expect(rawOf(runbook).targets).toEqual({ nodes: { hosts: ['web-1', 'web-2', 'web-3'] } });
    expect(stepOf(runbook, 'drain')).toMatchObject({ on: 'nodes', batch: 5, order: 'reverse', keepGoing: true });
  });

  it('reads text of XML once: entities as characters, CDATA as it is', () => {
    expect(stepOf(job('web-restart.xml'), 'drain').run).toBe('lb drain "$(hostname)" && sleep 5');
    expect(rawOf(job('web-restart.xml')).summary).toContain('out & back in');
  });

  it('tells the schedule in the words of cron', () => {
    expect(job('ledger-failover.yaml').unplaced.find(({ what }) => what === '[0].schedule')?.why).toContain('`0 15 03 * * SUN *`');
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE j [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><joblist><job><name>&b;</name></job></joblist>', 'has a DOCTYPE'],
    ['deep nesting', `<joblist>${'<job>'.repeat(20_000)}`, 'nested more than 50 levels'],
    ['broken XML', '<joblist><job></joblist>', 'this is not XML'],
  ])('refuses XML with %s', (_, text, sentence) => {
    const result = importRunbook(text, 'job.xml', { format: 'rundeck' });
    expect(result.ok ? '' : result.refusal.message).toContain(sentence);
  });
});
