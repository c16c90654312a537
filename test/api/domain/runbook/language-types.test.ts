// TypeScript types come from the one definition of the language, and what the parser reads a runbook as is held against them.
import { expect, expectTypeOf, it } from 'vitest';
import type { RawRunbook, RawStep } from '../../../../api/domain/runbook/raw-runbook.ts';
import { typesOf } from '../../../../api/domain/runbook/reference/types.ts';
import { runbookSchema } from '../../../../api/domain/runbook/schema/language.ts';
import type { Runbook, Step } from '../../../../docs/runbook.types.d.ts';

/** Every key that any member of a union has. */
type KeyOf<T> = T extends unknown ? keyof T : never;

/** Compiles only while the parser takes everything that the schema allows. */
function read(written: Runbook): RawRunbook {
  return written;
}

it('are written to docs/runbook.types.d.ts; after a change of the language: vitest run --project api <this file> -u', async () => {
  await expect(typesOf(runbookSchema())).toMatchFileSnapshot('../../../../docs/runbook.types.d.ts');
});

it('say what the parser reads: the same keys, and every value that the schema allows', () => {
  expectTypeOf<keyof Runbook>().toEqualTypeOf<keyof RawRunbook>();
  expectTypeOf<KeyOf<Step>>().toEqualTypeOf<keyof RawStep>();
  expectTypeOf(read).returns.toEqualTypeOf<RawRunbook>();
});
