// Password hashes: the right kind and cost, and never more than four at once.
import { describe, expect, it, vi } from 'vitest';
import { argon2Passwords, createTurns } from '../../../api/passwords/argon2.ts';

describe('argon2id passwords', () => {
  const passwords = argon2Passwords();

  it('hashes with argon2id at the cost of the policy and a salt of its own', async () => {
    const [a, b] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(a).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
    expect(a).not.toBe(b);
  });

  it('knows the right password from a wrong one', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    expect(await passwords.verify(hash, 'Correct horse')).toBe(false);
  });
});

describe('createTurns', () => {
  it('runs at most so many at once, in the order of asking, also after a failure', async () => {
    const inTurn = createTurns(4);
    const ends: (() => void)[] = [];
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 10 }, (_, index) =>
      inTurn(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
        if (index === 1) throw new Error('broken');
        return index;
      }),
    );
    const settled = Promise.allSettled(all);
    for (let ended = 0; ended < 10; ended += 1) {
      await vi.waitFor(() => expect(ends.length).toBeGreaterThan(0), { interval: 1 });
      ends.shift()?.();
    }
    const results = await settled;
    expect(most).toBe(4);
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(results.map((result) => result.status === 'fulfilled')).toEqual([true, false, true, true, true, true, true, true, true, true]);
  });
});
