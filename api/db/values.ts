// How single values go into columns and come back.
import type { ColumnType } from 'kysely';
import { canonicalJson } from '../domain/history/canonical-json.ts';

export type Flag = 0 | 1;
/** Written once; no statement changes it. */
export type Fixed<T> = ColumnType<T, T, never>;

declare const content: unique symbol;

/** Canonical JSON as text; the type remembers what was written, as only `writeJson` makes it. */
export type Json<T> = string & { readonly [content]: T };

export function writeJson<T>(value: T): Json<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is made here and nowhere else
  return canonicalJson(value) as Json<T>;
}

export function readJson<T>(text: Json<T>): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Json
  return JSON.parse(text) as T;
}

export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}

/** Both drivers take a Buffer; the bytes are not copied. */
export function bytesOf(value: Uint8Array): Buffer {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** The value as one of the allowed ones; throws a TypeError when a column holds something else, which only a foreign hand can have put there. */
export function oneOf<T>(allowed: readonly T[], value: unknown): T {
  const match = allowed.find((candidate) => candidate === value);
  if (match === undefined) throw new TypeError(`${String(value)} is none of ${allowed.join(', ')}`);
  return match;
}
