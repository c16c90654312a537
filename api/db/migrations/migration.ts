// One step of the schema. A step that has been released is never changed; the next one is added after it.
import type { Words } from './words.ts';

export interface SchemaMigration {
  /** `0001-noun`; sorts after all earlier ones. */
  readonly name: string;
  /** DDL that both databases take, in order. */
  readonly statements: (words: Words) => readonly string[];
}
