// What is read of the text of a runbook: values, steps, and where each of them stands.

/** A part of the text that is edited as one: a step of the list, or a key of the head with its value. Whole lines. */
export interface Unit {
  readonly from: number;
  /** After the last line that is not blank. */
  readonly to: number;
  /** Column at which its content begins. */
  readonly indent: number;
  readonly isListItem: boolean;
}

export interface OutlineStep {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unit: Unit;
  /** With the remarks above it and the blank lines below: what moves with it. */
  readonly from: number;
  readonly to: number;
}

export interface Outline {
  /** Keys of the head in the order of the text, `steps` among them. */
  readonly head: ReadonlyMap<string, { readonly value: unknown; readonly unit: Unit }>;
  readonly steps: readonly OutlineStep[];
  /** False when the steps are written as `[…]` or are no list: then only the text can be edited. */
  readonly isListEditable: boolean;
  /** False while the text is no YAML with keys. */
  readonly isReadable: boolean;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
