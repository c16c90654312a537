// muster import runbook: shows the account of a procedure, writes it only with --apply, and overwrites nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../api/cli/program.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts } from './watched-parts.ts';

const EXPERIMENT = {
  title: 'Does mail come back',
  description: 'Stops mail and looks.',
  'steady-state-hypothesis': {
    title: 'Mail answers',
    probes: [{ type: 'probe', name: 'mail answers', tolerance: 200, provider: { type: 'http', url: 'https://mail.example.com/health' } }],
  },
  method: [{ type: 'action', name: 'stop mail', provider: { type: 'process', path: 'systemctl', arguments: 'stop mail' } }],
};

describe('muster import runbook', () => {
  let t: TemporaryApp;
  let out: string[];
  let err: string[];
  let file: string;

  beforeEach(async () => {
    t = await temporaryApp();
    out = [];
    err = [];
    file = join(t.folder, 'experiment.json');
    writeFileSync(file, JSON.stringify(EXPERIMENT));
  });
  afterEach(() => t.end());

  const run = (...words: readonly string[]) =>
    runCli(watchedParts(t.app, { out, err }), ['import', 'runbook', ...words, '--out', join(t.folder, 'runbooks')], '9.9.9');

  it('shows what was understood first, and writes what lints without an error when told to', async () => {
    expect(await run(file, '--key', 'mail-back')).toBe(0);
    expect(out.join('\n')).toContain('mail-back  Does mail come back');
    expect(out.join('\n')).toMatch(/Understood \(\d+\)/);
    expect(out.at(-1)).toContain('Nothing was written.');
    expect(existsSync(join(t.folder, 'runbooks'))).toBe(false);

    expect(await run(file, '--key', 'mail-back', '--apply')).toBe(0);
    const written = join(t.folder, 'runbooks', 'mail-back', 'runbook.yaml');
    expect(readFileSync(written, 'utf8')).toContain('runbook: mail-back');
    expect(await runCli(watchedParts(t.app, { out, err }), ['lint', written], '9.9.9')).toBe(0);

    writeFileSync(written, 'mine');
    expect(await run(file, '--key', 'mail-back', '--apply')).toBe(1);
    expect(err.join()).toContain('nothing was written');
    expect(readFileSync(written, 'utf8')).toBe('mine');
  });

  it('prints JSON with the files in it', async () => {
    expect(await run(file, '--json')).toBe(0);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ isApplied: false, runbooks: [{ files: { 'runbook.yaml': expect.any(String) } }] });
  });

  it('says what it does not recognise', async () => {
    writeFileSync(file, '{"a": 1}');
    expect(await run(file)).toBe(1);
    expect(await run(join(t.folder, 'ghost.md'))).toBe(2);
    expect(await run(file, '--format', 'cobol')).toBe(2);
  });
});
