// What is different between two revisions of a runbook, as plain data.

export interface RunbookDiff {
  /** Of the head: everything beside the steps. */
  readonly head: readonly FieldChange[];
  /** In the order of the revision after, those that are gone where they stood. Steps that are the same are not among them. */
  readonly steps: readonly StepChange[];
  /** Whether what was proven with the revision before no longer holds. */
  readonly voidsEvidence: boolean;
}

export interface StepChange {
  /** `moved`: nothing but its place in the list or what it needs. */
  readonly type: 'new' | 'gone' | 'moved' | 'changed';
  /** As it is called after; as it was called for one that is gone. */
  readonly id: string;
  readonly title: string;
  /** Its id before, where it has another one now. */
  readonly renamedFrom: string | null;
  /** It stands elsewhere among the steps that both revisions have. */
  readonly isMoved: boolean;
  /** What is different; empty for one that is new or gone. */
  readonly fields: readonly FieldChange[];
  /** A command, a request or a file that is copied is another one. */
  readonly changesCommand: boolean;
  readonly voidsEvidence: boolean;
}

export interface FieldChange {
  /** In the words of the language: `timeout`, `expect.stdout.max`, `targets.db.hosts`. */
  readonly field: string;
  /** Null where it was not there. Durations and lists as they are written. */
  readonly before: string | null;
  readonly after: string | null;
  readonly voidsEvidence: boolean;
  /** Of shell text and files that are copied. */
  readonly lines?: readonly LineChange[];
}

export interface LineChange {
  readonly type: 'same' | 'new' | 'gone';
  readonly text: string;
}
