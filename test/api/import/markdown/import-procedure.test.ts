// What becomes of procedures written in Markdown.
import { describe, expect, it } from 'vitest';
import { errorsIn, fixture, imported, rawOf, stepOf } from '../read-fixture.ts';

function only(text: string, name = 'procedure.md') {
  const [runbook] = imported(text, name);
  if (runbook === undefined) throw new Error('no runbook');
  return runbook;
}

function wordsIn(text: string): readonly string[] {
  return (text.match(/[A-Za-z0-9_.@:/-]{3,}/g) ?? []).map((word) => word.replace(/[.:]+$/, ''));
}

const orders = () => only(fixture('markdown/fixtures/orders-failover.md'), 'orders-failover.md');

describe('a Markdown procedure', () => {
  it('gives a valid runbook in which every word of the procedure stands, or is told as unplaced', () => {
    const runbook = orders();
    expect(errorsIn(runbook)).toEqual([]);
    const notes = [...runbook.understood, ...runbook.manual, ...runbook.unplaced];
    const all = [...runbook.files.values(), ...notes.map(({ what, why }) => `${what} ${why}`)].join('\n');
    const known = new Set(wordsIn(all));
    const lost = wordsIn(fixture('markdown/fixtures/orders-failover.md')).filter((word) => !known.has(word));
    // The marks of the front matter and of the fences, a prompt, and words of the front matter that became others.
    const expected = new Set(['---', '-----', '------', '2026-11-01', 'minutes', 'root@db-2']);
    expect(lost.filter((word) => !expected.has(word))).toEqual([]);
  });

  it('takes owner, services, review and objective from the front matter', () => {
    expect(rawOf(orders())).toMatchObject({
      owner: 'orders-duty',
      services: ['orders', 'shop'],
      review: { every: '184d', last: '2026-05-01' },
      clocks: { recovery: { objective: '30m' } },
    });
    expect(orders().unplaced.find(({ what }) => what === 'classification')?.line).toBe(8);
  });

  it('runs shell blocks under the sentence that leads to them, on the host that the text names', () => {
    const step = stepOf(orders(), 'on-db-1-stop-the-application-and-check-that');
    expect(step).toMatchObject({ on: 'db-1', shell: 'bash', title: 'On db-1, stop the application and check that nobody is connected' });
    expect(step.run).toBe("systemctl stop orders\npsql -Atc 'select count(*) from pg_stat_activity'\n");
  });

  it('takes commands of a session by their prompts, and keeps what was printed as a note', () => {
    const step = stepOf(orders(), 'promote-the-standby');
    expect(step.run).toBe("pg_ctlcluster 15 main promote\npsql -Atc 'select pg_is_in_recovery()'\n");
    expect(step).toMatchObject({ on: 'db-2' });
    expect(step.note).toContain('```\nf\n```');
  });

  it('never runs a block with a gap to fill in, or of another language', () => {
    const confirm = stepOf(orders(), 'check-the-orders-page-by-eye').confirm;
    expect(confirm).toContain('<new-address>');
    expect(confirm).toContain('select count(*)');
  });

  it('takes a procedure of nothing but prose as one for a person', () => {
    const runbook = only('# Call everybody\n\nCall the desk.\n');
    expect(rawOf(runbook)).toMatchObject({ title: 'Call everybody', steps: [{ confirm: 'Call the desk.' }] });
  });
});
