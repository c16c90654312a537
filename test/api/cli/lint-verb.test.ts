// muster lint: its formats, what --strict and --fix do, and the same findings from one thread and from several.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRunbooks } from '../../../api/cli/check/check-runbooks.ts';
import { mendRunbook } from '../../../api/cli/check/mend-runbook.ts';
import { lintJunit } from '../../../api/cli/formats/lint-junit.ts';
import { lintSarif } from '../../../api/cli/formats/lint-sarif.ts';
import { lintText } from '../../../api/cli/formats/lint-text.ts';
import type { LintReport } from '../../../api/cli/formats/lint-report.ts';
import type { Problem } from '../../../api/domain/errors.ts';
import { ALL_LINT_RULES } from '../../../api/domain/runbook/lint/all-lint-rules.ts';
import { findRunbookFiles, readRunbookFiles } from '../../../api/import/runbooks/read-runbook-files.ts';
import { generatedRunbook } from '../../bench/generated-runbook.ts';

const WARNING: Problem = {
  code: 'no-recovery-clock',
  severity: 'warning',
  message: 'There is no clock <recovery> & "more".',
  remedy: 'Add one.',
  file: 'runbooks/a b/runbook.yaml',
  line: 7,
  column: 3,
  fix: { title: 'Add it', edits: [{ from: { line: 7, column: 3 }, to: { line: 7, column: 5 }, newText: 'x' }] },
};
const ERROR: Problem = { ...WARNING, code: 'unknown-key', severity: 'error', message: 'A \u001b[31m key.' };

function report(problems: readonly Problem[], isStrict = false): LintReport {
  return {
    runbooks: [
      { file: 'runbooks/a b/runbook.yaml', problems },
      { file: 'runbooks/c/runbook.yaml', problems: [] },
    ],
    isStrict,
    fixed: 0,
    version: '1.2.3',
  };
}

describe('the formats of lint', () => {
  it('writes SARIF with every rule, the place, and the fix', () => {
    const sarif = JSON.parse(lintSarif(report([WARNING, ERROR])));
    const [run] = sarif.runs;
    const ids = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
    expect(ids).toEqual([...ALL_LINT_RULES.map(({ code }) => code), 'unknown-key']);
    expect(run.results.map((result: { ruleId: string; ruleIndex: number }) => [result.ruleId, ids[result.ruleIndex]])).toEqual([
      ['no-recovery-clock', 'no-recovery-clock'],
      ['unknown-key', 'unknown-key'],
    ]);
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'runbooks/a%20b/runbook.yaml' },
      region: { startLine: 7, startColumn: 3 },
    });
    expect(run.results.map((result: { level: string }) => result.level)).toEqual(['warning', 'error']);
    expect(run.results[0].fixes[0].artifactChanges[0].replacements[0]).toEqual({
      deletedRegion: { startLine: 7, startColumn: 3, endLine: 7, endColumn: 5 },
      insertedContent: { text: 'x' },
    });
  });

  it('writes JUnit with a case for each runbook, where advice fails only when it is strict', () => {
    const lenient = suiteIn(lintJunit(report([WARNING])));
    expect(lenient['@_failures']).toBe('0');
    expect(lenient.testcase).toHaveLength(2);
    expect(lenient.testcase[0]['system-out']).toContain('There is no clock <recovery> & "more".');
    const strict = suiteIn(lintJunit(report([WARNING, ERROR], true)));
    expect(strict['@_failures']).toBe('1');
    expect(strict.testcase[0].failure['#text']).toContain('runbooks/a b/runbook.yaml:7:3 error');
  });

  it('fails for warnings when it is strict, and never for advice', () => {
    const advice = { ...WARNING, code: 'missing-review' };
    expect(suiteIn(lintJunit(report([advice], true)))['@_failures']).toBe('0');
    expect(suiteIn(lintJunit(report([WARNING], true)))['@_failures']).toBe('1');
    expect(lintText({ isColourful: false }, report([advice], true))).toContain('2 runbooks: 1 piece of advice.');
    expect(JSON.parse(lintSarif(report([advice]))).runs[0].results[0].level).toBe('note');
  });

  it('writes for people what to do and where it is explained, and nothing that steers a terminal', () => {
    const text = lintText({ isColourful: false }, report([WARNING, ERROR]));
    expect(text).toContain('  runbooks/a b/runbook.yaml:7:3 warning There is no clock');
    expect(text).toContain('docs/lint.md#no-recovery-clock');
    expect(text).toContain('2 runbooks: 1 error, 1 warning.\n2 problems can be mended by --fix.');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

function suiteIn(text: string) {
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({ ignoreAttributes: false }).parse(text).testsuites.testsuite;
}

describe('checking runbooks', () => {
  let folder: string;
  const reader = { find: findRunbookFiles, read: readRunbookFiles };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-lint-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(key: string, text: string | Buffer, name = 'runbook.yaml'): string {
    mkdirSync(join(folder, key), { recursive: true });
    writeFileSync(join(folder, key, name), text);
    return join(folder, key, name);
  }

  // Each thread loads the language anew, from the sources.
  it('finds the same in several threads as in one, in the order of the files', { timeout: 90_000 }, async () => {
    for (let index = 0; index < 120; index += 1) {
      const text = generatedRunbook(`r-${index}`, 3);
      write(`r-${String(index).padStart(3, '0')}`, index % 7 === 0 ? text.replace('phase:', 'fase:') : text);
    }
    const files = (await reader.find(folder)) ?? [];
    const one = await Promise.all(files.map(async (file) => (await checkRunbooks(reader, [file]))[0]));
    const several = await checkRunbooks(reader, files);
    expect(several).toHaveLength(120);
    expect(several).toEqual(one);
    expect(several.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'))).toHaveLength(18);
  });

  it('names a file that is no text only where the runbook uses it', async () => {
    const file = write('a', generatedRunbook('a', 2));
    write('a', Buffer.from([0x66, 0xff, 0xfe]), 'picture.png');
    expect((await reader.read(file)).faults).toEqual([]);
    write('a', Buffer.from([0x66, 0xff, 0xfe]), 'step-0');
    expect((await reader.read(file)).faults).toMatchObject([{ code: 'wrong-encoding', file: join(folder, 'a', 'step-0') }]);
    write('a', Buffer.from('runbook: caf\u00e9', 'latin1'));
    expect(await checkRunbooks(reader, [file])).toMatchObject([{ problems: [{ code: 'wrong-encoding', line: 1, column: 13 }] }]);
  });

  it('mends what carries a fix, and leaves a text alone that has none', async () => {
    const file = write(
      'a',
      generatedRunbook('a', 4).replace('  primary: { host: ledger-a }\n', '  primary: { host: ledger-a }\n  spare: { host: ledger-c }\n'),
    );
    const disk = await reader.read(file);
    const mended = mendRunbook(disk);
    const again = mendRunbook({ ...disk, source: mended.source });
    expect(again).toEqual({ source: mended.source, fixed: 0 });
    expect(readFileSync(file, 'utf8')).toBe(disk.source);
  });
});
