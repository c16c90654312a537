// Fingerprints out of what people paste.
import { expect, it } from 'vitest';
import { fingerprintIn } from '../../../../web/components/host/fingerprint.ts';

const PRINT = `SHA256:${'aB3+/'.repeat(8)}xyz`;

it('is taken out of a whole line of ssh-keygen, and out of blanks', () => {
  expect(fingerprintIn(`256 ${PRINT} root@db-1 (ED25519)`)).toBe(PRINT);
  expect(fingerprintIn(`  ${PRINT}\n`)).toBe(PRINT);
});

it.each(['', 'ledger', PRINT.slice(0, -1), `${PRINT}A`, 'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48'])('is not found in "%s"', (text) => {
  expect(fingerprintIn(text)).toBeNull();
});
