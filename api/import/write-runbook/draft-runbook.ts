// A runbook while an importer builds it: what is written, and the comments beside it.
import type { RawInput, RawRunbook, RawStep } from '../../domain/runbook/raw-runbook.ts';

export interface DraftRunbook {
  /** Lines above everything. */
  readonly opening: readonly string[];
  readonly raw: Omit<RawRunbook, 'steps' | 'inputs'> & { readonly inputs: Readonly<Record<string, RawInput>> };
  /** Comments behind keys of the head, such as `services`. */
  readonly beside: Readonly<Record<string, string>>;
  readonly steps: readonly DraftStep[];
  /** Lines below everything. */
  readonly closing: readonly string[];
}

export interface DraftStep {
  readonly raw: RawStep;
  /** Begins a section of the runbook with this heading. */
  readonly heading?: string;
  /** Lines above the step. */
  readonly comment?: readonly string[];
}
