// Passwords as argon2id hashes; ALL of @node-rs/argon2.
import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../application/ports.ts';

/** OWASP's first choice: 46 MiB, one pass, one lane; argon2id is the library's default, and the tests hold it to that. */
const COST = { memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;
/** 188 MiB at most, however many sign in at once; the others wait. */
const MOST_AT_ONCE = 4;

export function argon2Passwords(): PasswordHasher {
  const inTurn = createTurns(MOST_AT_ONCE);
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    verify: (passwordHash, password) => inTurn(() => verify(passwordHash, password)),
  };
}

/** Runs at most `most` of the works at once, the others in the order of asking. */
export function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place is handed on, so nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
