// muster plan: order and estimates as text, JSON and Mermaid, against a file, the database, or nothing at all.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPortfolio } from '../../../api/application/import-portfolio.ts';
import { storeRunbooks } from '../../../api/application/store-runbooks.ts';
import { runCli } from '../../../api/cli/program.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';
import { parsePortfolio } from '../../../api/import/portfolio/parse-portfolio.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts } from './watched-parts.ts';

const MOVE = `runbook: move-mail
title: "Move mail: all of it; now"
services: [mail]
scenario: site-loss
level: full
inputs:
  change: { type: string, required: true, ask: Change ticket }
targets:
  old: { host: mail-a }
  new: { labels: { role: mail } }
clocks:
  recovery: { from: stop, to: look }
steps:
  - { id: stop, title: Stop it, run: systemctl stop mail, on: old, estimate: 2m, pointOfNoReturn: true }
  - { id: tell, title: Tell "them", needs: [], confirm: { instruction: Tell them, expected: 1m } }
  - { id: start, title: Start it, needs: [stop], call: { runbook: start-mail } }
  - { id: look, title: Look at it, check: systemctl is-active mail, on: new }
`;
const START = `runbook: start-mail
title: Start mail
services: [mail]
scenario: site-loss
level: full
targets: { new: { host: mail-b } }
steps:
  - { id: go, title: Go, run: systemctl start mail, on: new, estimate: 3m }
`;
const PORTFOLIO = `services:
  - { key: mail, name: Mail, tier: 1, operatedBy: it, rto: 4m }
hosts:
  - { key: mail-a, address: a.example.com, user: dr }
  - { key: mail-b, address: b.example.com, user: dr, labels: { role: mail } }
`;

describe('muster plan', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];
  let folder: string;

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
    folder = join(t.folder, 'runbooks');
    for (const [key, text] of Object.entries({ 'move-mail': MOVE, 'start-mail': START })) {
      mkdirSync(join(folder, key), { recursive: true });
      writeFileSync(join(folder, key, 'runbook.yaml'), text);
    }
    writeFileSync(join(t.folder, 'portfolio.yaml'), PORTFOLIO);
  });
  afterEach(() => t.end());

  function plan(...words: readonly string[]) {
    return runCli(watchedParts(t.app, { out, err }), ['plan', join(folder, 'move-mail'), '--input', 'change=CHG1', ...words], '9.9.9');
  }

  it('needs nothing but the folder, calls what stands beside it, and says what it does not know', async () => {
    expect(await plan()).toBe(0);
    const text = out.join('\n');
    expect(text).toContain('Hosts: (new), mail-a, mail-b');
    expect(text).toMatch(/^start\/go +run +mail-b +2 min +3 min +█+$/m);
    expect(text).toContain('Critical path (█): stop -> start/go -> look');
    expect(text).toContain('Recovery is expected to take 5 min 5 s.');
    expect(text).toContain('No way back from: stop');
    expect(text).toContain('default of their kind: look');
    expect(text).toContain('are not known. Give --portfolio');
  });

  it('holds the estimate against the RTO of a portfolio file, and is strict when asked', async () => {
    const file = join(t.folder, 'portfolio.yaml');
    expect(await plan('--portfolio', file)).toBe(0);
    expect(out.join('\n')).toContain('longer than the RTO of 4 min, by 1 min 5 s');
    expect(out.join('\n')).toContain('No key is pinned yet for mail-a, mail-b');
    expect(await plan('--portfolio', file, '--strict')).toBe(1);
  });

  it('prints JSON with what is asked of programs', async () => {
    expect(await plan('--portfolio', join(t.folder, 'portfolio.yaml'), '--json')).toBe(0);
    const printed: unknown = JSON.parse(out.join('\n'));
    expect(printed).toMatchObject({
      criticalPath: ['stop', 'start/go', 'look'],
      rtoSeconds: 240,
      spareMs: -65_000,
      plan: { inputs: { change: 'CHG1' } },
    });
  });

  it('draws Mermaid in which no title breaks the syntax', async () => {
    expect(await plan('--mermaid')).toBe(0);
    expect(out).toContain('  title Move mail all of it now (rehearsal)');
    expect(out).toContain('  Stop it :crit, 2000-01-01 00:00:00.000, 2000-01-01 00:02:00.000');
    out.length = 0;
    expect(await plan('--mermaid', 'flowchart')).toBe(0);
    expect(out).toContain('  s2{{"Tell #quot;them#quot;<br/>confirm, 1 min"}}');
    expect(out).toContain('  s3 --> s4');
  });

  it('plans a stored revision with the database, and tells every reason why it cannot', async () => {
    const runbooks = [MOVE, START].flatMap((source) => {
      const { runbook } = parseRunbook(source, 'runbook.yaml', new Map());
      return runbook === null ? [] : [{ runbook, source }];
    });
    await storeRunbooks(t.app, 'ann', runbooks);
    await applyPortfolio(t.app, null, parsePortfolio(PORTFOLIO, 'portfolio.yaml'));
    expect(await runCli(watchedParts(t.app, { out, err }), ['plan', 'move-mail@1'], '9.9.9')).toBe(1);
    for (const code of ['missing-input', 'unpinned-host', 'unapproved-call']) expect(err.join('\n')).toContain(code);
    expect(out).toEqual([]);
  });

  it('ends with 2 for what is not there', async () => {
    expect(await runCli(watchedParts(t.app, { out, err }), ['plan', 'ghost@3'], '9.9.9')).toBe(2);
    expect(await runCli(watchedParts(t.app, { out, err, isWithoutDatabase: true }), ['plan', 'ghost'], '9.9.9')).toBe(2);
    expect(await plan('--mode', 'fun')).toBe(2);
    expect(await plan('--input', 'change')).toBe(2);
    expect(err.join('\n')).toContain('Write it as name=value.');
  });
});
