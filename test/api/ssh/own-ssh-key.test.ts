// The key that Muster makes for itself can be read, always.
import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { readableKeyPair } from '../../../api/ssh/own-ssh-key.ts';

/** Of so many made without a second look, one or more would be unreadable in 97 runs of 100. */
const KEYS = 600;

it('makes only keys that can be read', () => {
  const unreadable = Array.from({ length: KEYS }, readableKeyPair).filter((pair) => ssh2.utils.parseKey(pair.private) instanceof Error);
  expect(unreadable).toEqual([]);
});
