// Turns a procedure of another tool into runbooks for the editor. Nothing is stored: the person looks at it first.
import { done, refused, type Result } from '../domain/errors.ts';
import { deny, type Actor } from './access.ts';

/** What became of one piece of the source. */
export interface ProcedureNote {
  readonly line: number | null;
  readonly what: string;
  /** Id of a step or a place in the head; null when it is nowhere. */
  readonly became: string | null;
  readonly why: string;
}

export interface ReadProcedure {
  readonly key: string;
  readonly title: string;
  /** `runbook.yaml` and the files beside it by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly understood: readonly ProcedureNote[];
  readonly manual: readonly ProcedureNote[];
  readonly unplaced: readonly ProcedureNote[];
}

/** Reads a text of any of the formats that are known; the file's name helps to tell them apart. */
export type ProcedureReader = (text: string, fileName: string) => Result<readonly ReadProcedure[]>;

export interface ConvertedRunbook extends Omit<ReadProcedure, 'files'> {
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A procedure of more characters is not one that people follow. */
const LARGEST_PROCEDURE = 1_000_000;
const SOURCE_FILE = 'runbook.yaml';

export function convertProcedure(
  read: ProcedureReader,
  actor: Actor | null,
  procedure: { readonly fileName: string; readonly text: string },
): Result<readonly ConvertedRunbook[]> {
  const denied = deny(actor, 'runbooks.edit', { owners: actor === null ? [] : [actor.name] });
  if (denied !== null) return { ok: false, refusal: denied };
  const { fileName, text } = procedure;
  if (text.length > LARGEST_PROCEDURE) return refused('INVALID_INPUT', `${fileName} is longer than 1 MB. Split it.`, { field: 'text' });
  const converted = read(text, fileName);
  if (!converted.ok) return converted;
  return done(converted.value.map(({ files, ...rest }) => ({ ...rest, source: files.get(SOURCE_FILE) ?? '', files: besides(files) })));
}

function besides(files: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...files].filter(([name]) => name !== SOURCE_FILE));
}
