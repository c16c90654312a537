// Sealing values, and the key file that it hangs on.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretKey } from '../../../api/secrets/key-file.ts';
import { createSeals, SealError } from '../../../api/secrets/seals.ts';
import { hostileValues } from '../../support/hostile-values.ts';

describe('a sealed value', () => {
  const seals = createSeals(randomBytes(32));

  it('opens to what it was, whatever that was', () => {
    for (const value of ['', 'x', ...hostileValues({ count: 500, seed: 3 }), 'y'.repeat(100_000)]) expect(seals.open(seals.seal(value))).toBe(value);
  });

  it('is text for one line, different each time, and shows nothing of the value', () => {
    const [one, two] = [seals.seal('hunter2hunter2'), seals.seal('hunter2hunter2')];
    expect(one).toMatch(/^sealed:v1:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(Buffer.from(one.slice(10), 'base64url').includes('hunter2')).toBe(false);
  });

  it('does not open once any part of it was changed', () => {
    const bytes = Buffer.from(seals.seal('value').slice(10), 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => seals.open(`sealed:v1:${changed.toString('base64url')}`), `byte ${index}`).toThrow(SealError);
    }
  });

  it('does not open with another key, and what is none does not open at all', () => {
    expect(() => createSeals(randomBytes(32)).open(seals.seal('value'))).toThrow(/another key/);
    for (const text of ['', 'value', 'sealed:v1:', 'sealed:v1:AAAA', 'sealed:v2:AAAA']) expect(() => seals.open(text), text).toThrow(SealError);
  });
});

describe('the key file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'muster-key-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, for its owner alone', async () => {
    const data = join(folder, 'new', 'data');
    const keys = await Promise.all([secretKey(data), secretKey(data), secretKey(data)]);
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(readFileSync(join(data, 'secret.key'))).toEqual(await secretKey(data));
    expect(statSync(join(data, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['secret.key']);
  });

  it.skipIf(process.platform === 'win32')('is refused when others can read it', async () => {
    const data = join(folder, 'open');
    await secretKey(data);
    chmodSync(join(data, 'secret.key'), 0o640);
    await expect(secretKey(data)).rejects.toThrow(/chmod 600/);
  });

  it('is refused when it is not whole, and is not made anew over it', async () => {
    writeFileSync(join(folder, 'secret.key'), 'short', { mode: 0o600 });
    await expect(secretKey(folder)).rejects.toThrow(/has 5 bytes where a key has 32/);
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('short');
  });
});
