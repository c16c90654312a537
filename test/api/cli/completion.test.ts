// muster completion: the scripts as a real shell takes them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../api/cli/program.ts';
import { temporaryApp, type TemporaryApp } from '../application/temporary-app.ts';
import { watchedParts } from './watched-parts.ts';

describe('completion', () => {
  let t: TemporaryApp;

  beforeEach(async () => {
    t = await temporaryApp();
  });
  afterEach(() => t.end());

  async function script(shell: string): Promise<string> {
    const out: string[] = [];
    expect(await runCli(watchedParts(t.app, { out, err: [] }), ['completion', shell], '9.9.9')).toBe(0);
    return out.join('\n');
  }

  async function completed(...words: readonly string[]): Promise<readonly string[]> {
    const ask = `${await script('bash')}\nCOMP_WORDS=(muster ${words.map((word) => `'${word}'`).join(' ')})\nCOMP_CWORD=${words.length}\n_muster\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', ask], { encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return stdout.trim().split('\n');
  }

  it.runIf(existsSync('/bin/bash'))('completes verbs, verbs of verbs, options and choices in bash', async () => {
    expect(await completed('pl')).toEqual(['plan']);
    expect(await completed('plan', 'x', '--mo')).toEqual(['--mode']);
    expect(await completed('plan', '--mode', 're')).toEqual(['rehearsal']);
    expect(await completed('account', 'c')).toEqual(['create']);
    expect(await completed('account', 'create', '--pass')).toEqual(['--password-stdin']);
    expect(await completed('import', 'runbook', '--fo')).toEqual(['--format']);
    expect(await completed('lint', 'package.j')).toEqual(['package.json']);
  });

  it('describes every verb for fish and zsh, with quotes escaped', async () => {
    const fish = await script('fish');
    expect(fish).toContain("complete -c muster -n '__fish_seen_subcommand_from plan' -l mode -x -a 'check dry-run rehearsal failover'");
    expect(fish.split('\n').filter((line) => (line.replaceAll("\\'", '').match(/'/g) ?? []).length % 2 === 1)).toEqual([]);
    expect((await script('zsh')).startsWith('#compdef muster\n')).toBe(true);
  });
});
