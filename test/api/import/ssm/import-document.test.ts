// What becomes of documents of AWS Systems Manager.
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { untoldOrDoubled } from '../account-of.ts';
import { errorsIn, fixture, imported, rawOf, stepOf } from '../read-fixture.ts';

function only(text: string, name: string) {
  const [runbook] = imported(text, name);
  if (runbook === undefined) throw new Error('no runbook');
  return runbook;
}

const restore = () => only(fixture('ssm/fixtures/restore-service.yaml'), 'restore-service.yaml');

describe('a document of AWS Systems Manager', () => {
  it.each(['restore-service.yaml', 'flush-cache.json'])('tells of every piece of %s once, and gives a valid runbook', (name) => {
    const text = fixture(`ssm/fixtures/${name}`);
    expect(untoldOrDoubled(only(text, name), parse(text))).toEqual([]);
    expect(errorsIn(only(text, name))).toEqual([]);
  });

  it('says branches as conditions of the steps that they lead to', () => {
    const full = 'inputs.mode == "full" && !(inputs.keep_days < 1.0)';
    expect(stepOf(restore(), 'restore-full').when).toBe(`(${full})`);
    expect(stepOf(restore(), 'restore-read-only').when).toBe(`!(${full}) && inputs.mode == "readonly"`);
  });

  it('goes on at the step that a failure names, and runs it only then or where the branch leads to it', () => {
    expect(stepOf(restore(), 'find-backup').onFailure).toEqual({ goto: 'tell-owner' });
    expect(stepOf(restore(), 'tell-owner').when).toMatch(/^\(steps\["find-backup"\]\.state == "failed"\) \|\| /);
    expect(stepOf(restore(), 'point-names').onFailure).toBe('warn');
  });

  it('captures the output that a later step uses', () => {
    expect(stepOf(restore(), 'find-backup').capture).toEqual({ find_backup_output: 'stdout' });
    expect(stepOf(restore(), 'restore-full').run).toContain('restore --from "${find_backup_output}" --keep "$keep_days"');
  });

  it('asks for the host behind the number of an instance', () => {
    expect(rawOf(restore()).inputs?.['instance_id']).toMatchObject({ type: 'host', required: true });
    expect(rawOf(restore()).targets).toEqual({ 'instance-id': { host: '${instance_id}' } });
  });

  it('leaves calls of the API to a person, with their text', () => {
    expect(stepOf(restore(), 'check-standby').confirm).toContain('action: aws:assertAwsResourceProperty');
    expect(stepOf(restore(), 'tell-owner').confirm).toContain('print("failed $${x}")');
  });

  it('approves, sleeps and calls', () => {
    expect(stepOf(restore(), 'approve-failover')).toMatchObject({ approve: { count: 2 }, timeout: '1h' });
    expect(stepOf(restore(), 'settle').sleep).toBe('2m30s');
    expect(stepOf(restore(), 'reports').call).toEqual({ runbook: 'company-restore-reports', with: { host: '${instance_id}', mode: '${mode}' } });
  });

  it('never runs text that is a parameter as a whole, or a value in single quotes', () => {
    const runbook = only(fixture('ssm/fixtures/flush-cache.json'), 'flush-cache.json');
    expect(stepOf(runbook, 'anything').confirm).toBeDefined();
    expect(stepOf(runbook, 'flush').confirm).toBeDefined();
    expect(stepOf(runbook, 'warm').run).toContain('warm --prefix "$prefix"');
  });

  it('asks a person which way to go where a condition cannot be said', () => {
    const runbook = only(
      `schemaVersion: '0.3'
description: Branch
mainSteps:
  - {name: look, action: aws:executeAwsApi, inputs: {Service: ec2}}
  - name: choose
    action: aws:branch
    inputs:
      Choices: [{NextStep: big, Variable: '{{ look.Size }}', StringEquals: big}]
      Default: small
  - {name: big, action: aws:sleep, inputs: {Duration: PT1S}, isEnd: true}
  - {name: small, action: aws:sleep, inputs: {Duration: PT2S}}
`,
      'branch.yaml',
    );
    expect(stepOf(runbook, 'big').when).toBe('steps["choose-big"].state == "passed"');
    expect(stepOf(runbook, 'small').when).toBe('!(steps["choose-big"].state == "passed")');
    expect(stepOf(runbook, 'choose-big').confirm).toContain('{{ look.Size }}');
  });
});
