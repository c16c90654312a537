// The form changes one value and leaves everything else in the text as it was written.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GONE, editHead, editUnit, type Path, type TextChange } from '../../../../web/components/editor/edit-unit.ts';
import { readOutline } from '../../../../web/components/editor/runbook-outline.ts';

const TEXT = `# The ledger, whole.
runbook: ledger   # its key
title: "Move: the ledger"
services: [ledger]
targets:
  primary: {host: fra-1}

steps:
  # Stops all writers.
  - id: stop
    title: Stop it   # politely
    run: |
      systemctl stop ledger
      # not a remark of YAML
    on: primary

  - {id: talk, title: Talk, confirm: {instruction: 'Say, what'}}
  # The last one.
  - id: start
    title: Start it
    run: systemctl start ledger
    on: primary
`;

function apply(text: string, change: TextChange | null): string {
  return change === null ? text : text.slice(0, change.from) + change.insert + text.slice(change.to);
}

function editStep(index: number, path: Path, value: unknown): string {
  const step = readOutline(TEXT).steps[index];
  if (step === undefined) throw new Error('no such step');
  return apply(TEXT, editUnit(TEXT, step.unit, { path, value }));
}

/** Lines of the one that are not lines of the other. */
function changedLines(before: string, after: string): readonly string[] {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
}

describe('a value of a step', () => {
  it.each([
    { what: 'a word', index: 0, path: ['title'], value: 'Halt it', line: '    title: Halt it   # politely' },
    { what: 'a word that needs quotes', index: 0, path: ['on'], value: 'true', line: "    on: 'true'" },
    { what: 'a number', index: 2, path: ['title'], value: 5, line: '    title: 5' },
  ])('that is $what changes its own line only', ({ index, path, value, line }) => {
    expect(changedLines(TEXT, editStep(index, path, value))).toEqual([line]);
  });

  it('in one line of braces stays in it', () => {
    expect(changedLines(TEXT, editStep(1, ['title'], 'Talk, now'))).toEqual([
      "  - {id: talk, title: 'Talk, now', confirm: {instruction: 'Say, what'}}",
    ]);
  });

  it('of several lines becomes a block, and a block keeps its neighbours', () => {
    const after = editStep(2, ['run'], 'one\ntwo\n');
    expect(parse(after).steps[2].run).toBe('one\ntwo\n');
    expect(after).toContain('# The last one.\n  - id: start\n');
    const block = editStep(0, ['run'], 'systemctl halt ledger\n');
    expect(parse(block).steps[0].run).toBe('systemctl halt ledger\n');
    expect(block).toContain('title: Stop it # politely');
    expect(block.slice(block.indexOf('  - {id: talk'))).toBe(TEXT.slice(TEXT.indexOf('  - {id: talk')));
  });

  it('that is new is added, nested ones too', () => {
    expect(changedLines(TEXT, editStep(2, ['needs'], ['stop', 'talk']))).toEqual(['    needs: [ stop, talk ]']);
    expect(parse(editStep(2, ['expect', 'stdout', 'max'], 5)).steps[2].expect).toEqual({ stdout: { max: 5 } });
  });

  it('that goes takes the empty key around it along', () => {
    const after = editStep(1, ['confirm', 'instruction'], GONE);
    expect(parse(after).steps[1]).toEqual({ id: 'talk', title: 'Talk' });
  });
});

describe('a key of the head', () => {
  const order = ['runbook', 'title', 'summary', 'services', 'targets', 'steps'];
  const edit = (path: Path, value: unknown): string => apply(TEXT, editHead(TEXT, readOutline(TEXT), { path, value, order }));

  it('changes where it stands, with its quotes and remarks', () => {
    expect(changedLines(TEXT, edit(['runbook'], 'main-ledger'))).toEqual(['runbook: main-ledger   # its key']);
    expect(changedLines(TEXT, edit(['title'], 'Move it'))).toEqual(['title: "Move it"']);
    expect(parse(edit(['targets', 'standby'], { host: 'muc-1' })).targets).toEqual({ primary: { host: 'fra-1' }, standby: { host: 'muc-1' } });
  });

  it('that is new comes at its place, and one that goes leaves the others alone', () => {
    expect(edit(['summary'], 'Short')).toContain('title: "Move: the ledger"\nsummary: Short\nservices:');
    expect(edit(['services'], GONE)).toBe(TEXT.replace('services: [ledger]\n', ''));
  });
});

it('a text that is no YAML with keys cannot be edited by fields', () => {
  expect(readOutline('title: [').isReadable).toBe(false);
  expect(readOutline('- a\n- b').isReadable).toBe(false);
  expect(readOutline('')).toMatchObject({ isReadable: true, isListEditable: true, steps: [] });
  expect(readOutline('steps: [{id: a}]').isListEditable).toBe(false);
});
