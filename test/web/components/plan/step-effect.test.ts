// What a step does to the world, in one word.
import { describe, expect, it } from 'vitest';
import { effectOf } from '../../../../web/components/plan/step-effect.ts';

const run = { kind: 'RUN' as const, isReadOnly: false, isShownOnly: false, isLeftOut: false, undo: null, undoStep: null };

describe('the effect of a step', () => {
  it('tells changes with an undo from changes without', () => {
    expect(effectOf(run).word).toBe('changes');
    expect(effectOf({ ...run, undo: 'thaw' }).word).toBe('changesUndo');
  });

  it('is reading for checks, waits and commands that say so', () => {
    expect(effectOf({ ...run, isReadOnly: true }).word).toBe('reads');
    expect(effectOf({ ...run, kind: 'CHECK' }).word).toBe('reads');
    expect(effectOf({ ...run, kind: 'WAIT' }).word).toBe('reads');
  });

  it('is none for what a dry run only shows', () => {
    expect(effectOf({ ...run, isShownOnly: true }).word).toBe('shown');
  });
});
