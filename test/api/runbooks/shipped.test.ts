// Every shipped runbook is without problems and warnings, says how long each step takes, and has a page for people.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../../../api/domain/runbook/lint/lint-runbook.ts';
import { parseRunbook } from '../../../api/domain/runbook/parse-runbook.ts';

const FOLDER = new URL('../../../runbooks', import.meta.url).pathname;
const NAMES = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
/** Steps that a machine does; people take the time they take, and a call takes that of its steps. */
const TIMED = ['run', 'check', 'wait', 'http', 'copy', 'sleep'];

describe.each(NAMES)('The shipped runbook %s', (name) => {
  const folder = join(FOLDER, name);
  const files = new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const { runbook, problems, places } = parseRunbook(files.get('runbook.yaml') ?? '', `${name}/runbook.yaml`, files);

  it('has neither problems nor warnings', () => {
    expect(problems).toEqual([]);
    expect(runbook === null ? null : lintRunbook(runbook, places)).toEqual([]);
  });

  it('has its folder’s name and an estimate for every step of a machine', () => {
    expect(runbook?.key).toBe(name);
    expect(runbook?.steps.filter(({ kind, estimateMs }) => TIMED.includes(kind) && estimateMs === null)).toEqual([]);
  });

  it('uses every script beside it', () => {
    const scripts = [...files.keys()].filter((file) => file.endsWith('.sh'));
    expect(scripts.filter((file) => !(files.get('runbook.yaml') ?? '').includes(`script: ${file}`))).toEqual([]);
  });

  it('has a page that a duty engineer can follow, and stands in the list of all', () => {
    expect(existsSync(join(folder, 'README.md'))).toBe(true);
    const page = files.get('README.md') ?? '';
    for (const heading of ['What is measured.', 'What it leaves behind.']) expect(page).toContain(`**${heading}**`);
    expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(`(${name}/README.md)`);
  });
});
