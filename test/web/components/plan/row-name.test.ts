// The rows of a step as people read them.
import { describe, expect, it } from 'vitest';
import { rowName } from '../../../../web/components/plan/row-name.ts';

describe('rowName', () => {
  it('is the host where a step has no list', () => {
    expect(rowName('ledger-a', [], 'this machine')).toBe('ledger-a');
  });

  it('names the item of a row by its number', () => {
    expect(rowName('ledger-a#2', ['eu', 'us'], 'this machine')).toBe('ledger-a · us');
  });

  it('says in words which machine runs what no host does', () => {
    expect(rowName('@local', [], 'this machine')).toBe('this machine');
    expect(rowName('@local#1', ['eu'], 'this machine')).toBe('this machine · eu');
  });

  it('leaves a number alone that no item has', () => {
    expect(rowName('ledger-a#9', ['eu'], 'this machine')).toBe('ledger-a');
  });
});
