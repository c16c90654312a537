// Pages by the key of the last row seen: rows that come in while somebody reads make neither gaps nor doubles.
import type { Page } from '../application/stores.ts';
import { DatabaseError } from './database-error.ts';

const FORM = /^after:(\d{1,15})$/;

/** Says nothing about its content to whoever holds it. */
export function cursorAfter(key: number): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

/** Throws a DatabaseError with code BAD_CURSOR when it was not made by `cursorAfter`. */
export function keyBehind(cursor: string): number {
  const digits = FORM.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (digits === undefined) throw new DatabaseError('BAD_CURSOR', 'The page cannot be found. Start again from the first page.');
  return Number(digits);
}

/** `rows`: one more than asked for when there are that many. */
export function pageOf<R, T>(
  rows: readonly R[],
  of: { readonly first: number; readonly total: number; readonly key: (row: R) => number; readonly read: (row: R) => T },
): Page<T> {
  const shown = rows.slice(0, of.first);
  return { rows: shown.map(of.read), cursors: shown.map((row) => cursorAfter(of.key(row))), hasNext: rows.length > of.first, total: of.total };
}
