// The plan as text: what it would do and where, in an order that a person can read and compare.
import { describe, expect, it } from 'vitest';
import { planText } from '../../../../web/components/plan/plan-text.ts';

type Plan = Parameters<typeof planText>[0];
const WORDS = { mode: 'Rehearsal', hosts: 'Hosts it touches', undo: 'Undo' };

describe('a plan as text', () => {
  it('holds its hash, its hosts with their keys, and every command with its undo', () => {
    const host = {
      host: { key: 'db1', name: 'Database', site: null },
      user: 'muster',
      address: '192.0.2.1',
      port: 22,
      credential: null,
      hostKeys: ['SHA256:x'],
    };
    const via = [{ key: 'gate', user: 'hop', address: '192.0.2.9', port: 2222, hostKeys: [] }];
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a step the text needs these fields alone
    const steps = [
      { title: 'Move it', hosts: ['db1'], instruction: null, command: 'stop\nmove\n', undo: 'back' },
      { title: 'Look', hosts: [], instruction: 'Open the page.', command: null, undo: null },
    ] as unknown as Plan['steps'];
    const text = planText({ title: 'Move', planHash: 'abc', hosts: [{ ...host, via, check: null }], steps }, WORDS);
    expect(text.split('\n')).toEqual([
      'Move',
      'Rehearsal',
      'abc',
      '',
      'Hosts it touches:',
      '  db1  hop@192.0.2.9:2222 > muster@192.0.2.1:22  SHA256:x',
      '',
      '1. Move it  [db1]',
      '   stop',
      '   move',
      '   Undo:',
      '   back',
      '',
      '2. Look',
      '   Open the page.',
      '',
    ]);
  });
});
