// Steps move, come and go with the remarks above them; the rest of the text stays.
import { assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { TextChange } from '../../../../web/components/editor/edit-unit.ts';
import { readOutline } from '../../../../web/components/editor/runbook-outline.ts';
import { type WrittenRunbook, addStep, copyStep, moveStep, removeStep } from '../../../../web/components/editor/step-moves.ts';

const TEXT = `runbook: x
steps:
  - id: one
    title: One

  # Above two.
  # And more.
  - id: two
    title: Two
  - {id: three, title: Three}
clocks:
  recovery: {to: three}`;

function apply(text: string, change: TextChange | null): string {
  return change === null ? text : text.slice(0, change.from) + change.insert + text.slice(change.to);
}

function written(text: string): WrittenRunbook {
  return { text, outline: readOutline(text) };
}

function add(index: number): string {
  return apply(TEXT, addStep(written(TEXT), { index, kind: 'run', title: 'New', on: 'db' }));
}

function idsIn(text: string): readonly string[] {
  const parsed: { steps: { id: string }[] } = parse(text);
  return parsed.steps.map(({ id }) => id);
}

describe('moving', () => {
  it('takes the remarks above a step along', () => {
    const after = apply(TEXT, moveStep(written(TEXT), 1, 0));
    expect(idsIn(after)).toEqual(['two', 'one', 'three']);
    expect(after).toContain('steps:\n  # Above two.\n  # And more.\n  - id: two');
  });

  it('to any place and back gives the same steps, and leaves head and clocks alone', () => {
    assert(
      property(nat(2), nat(2), (from, to) => {
        const moved = apply(TEXT, moveStep(written(TEXT), from, to));
        const ids = ['one', 'two', 'three'];
        ids.splice(to, 0, ...ids.splice(from, 1));
        expect(idsIn(moved)).toEqual(ids);
        const back = apply(moved, moveStep(written(moved), to, from));
        expect(parse(back)).toEqual(parse(TEXT));
      }),
    );
  });
});

it('a copy stands below its original, under a name of its own', () => {
  const after = apply(TEXT, copyStep(written(TEXT), 1));
  expect(idsIn(after)).toEqual(['one', 'two', 'two-2', 'three']);
  expect(idsIn(apply(after, copyStep(written(after), 2)))).toEqual(['one', 'two', 'two-2', 'two-3', 'three']);
  expect(idsIn(apply(TEXT, copyStep(written(TEXT), 2)))).toEqual(['one', 'two', 'three', 'three-2']);
});

it('a removed step takes its remarks along', () => {
  const after = apply(TEXT, removeStep(readOutline(TEXT), 1));
  expect(idsIn(after)).toEqual(['one', 'three']);
  expect(after).not.toContain('Above two');
  expect(parse(after).clocks).toEqual({ recovery: { to: 'three' } });
});

describe('a new step', () => {
  it('comes after the one that is named, or first', () => {
    expect(idsIn(add(0))).toEqual(['one', 'run', 'two', 'three']);
    expect(idsIn(add(-1))).toEqual(['run', 'one', 'two', 'three']);
    expect(parse(add(2)).steps[3]).toMatchObject({ id: 'run', title: 'New', on: 'db' });
  });

  it.each(['', 'runbook: x\n', 'runbook: x\nsteps:\n', 'runbook: x\nsteps: []\n', 'steps:\nrunbook: x'])('finds its place in %j', (text) => {
    const outline = readOutline(text);
    expect(outline.isListEditable).toBe(true);
    expect(idsIn(apply(text, addStep({ text, outline }, { index: -1, kind: 'sleep', title: 'Wait', on: '' })))).toEqual(['sleep']);
  });
});
