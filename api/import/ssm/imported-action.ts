// What a step of a document becomes: a body, and which parts of the document it says.
import type { RawBody } from '../../domain/runbook/raw-runbook.ts';

export interface ImportedAction {
  readonly body: RawBody;
  /** Paths under the step that the body says; null for a person's step, which shows action and inputs whole. */
  readonly says: readonly (readonly string[])[] | null;
  readonly why: string;
}
