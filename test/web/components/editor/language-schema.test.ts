// The schema that the server gives is understood: keys of each kind of step, words, meanings.
import { describe, expect, it } from 'vitest';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import { choicesOf, keysOf, shapeAt, typesOf } from '../../../../web/components/editor/language-schema.ts';

const root = runbookSchema();
const keysAt = (path: readonly (string | number)[], value: unknown): readonly string[] => [...keysOf(root, shapeAt(root, path, value)).keys()];

describe('keys', () => {
  it('of the head come in the order of the language, with their meaning', () => {
    expect(keysAt([], {}).slice(0, 3)).toEqual(['runbook', 'title', 'summary']);
    expect(keysOf(root, shapeAt(root, [], {})).get('services')?.description).toContain('business services');
  });

  it('of a step are those of its kind, and of all kinds while it has none', () => {
    const run = keysAt(['steps', 0], { steps: [{ run: 'true' }] });
    expect(run).toEqual(expect.arrayContaining(['id', 'title', 'needs', 'run', 'on', 'undo', 'expect']));
    expect(run).not.toContain('confirm');
    expect(keysAt(['steps', 0], { steps: [{ id: 'a' }] })).toEqual(expect.arrayContaining(['id', 'run', 'confirm', 'sleep']));
  });

  it('are found behind references and in nested maps', () => {
    expect(keysAt(['steps', 0, 'expect', 'stdout'], { steps: [{ run: 'true', expect: {} }] })).toEqual(expect.arrayContaining(['matches', 'max']));
    expect(keysAt(['targets', 'anything'], {})).toEqual(expect.arrayContaining(['host', 'hosts', 'labels']));
    expect(keysAt(['inputs', 'change'], {})).toContain('pattern');
  });
});

it('words and flags are known where a value has them', () => {
  expect(choicesOf(shapeAt(root, ['level'], {}))).toEqual(expect.arrayContaining(['full', 'tabletop']));
  expect(choicesOf(shapeAt(root, ['steps', 0, 'phase'], { steps: [{ run: 'x' }] }))).toContain('prepare');
  expect([...typesOf(shapeAt(root, ['steps', 0, 'readOnly'], { steps: [{ run: 'x' }] }))]).toEqual(['boolean']);
});

it('a place that the language does not have has no keys', () => {
  expect(keysAt(['nothing', 'here'], {})).toEqual([]);
});
